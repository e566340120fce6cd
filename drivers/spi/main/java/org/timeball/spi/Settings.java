package org.timeball.spi;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The values for one driver: what the file says, or the default of the {@link Setting}. Asking for
 * a key that the driver did not declare, or as another type, is an error in the driver and throws
 * {@link IllegalArgumentException}.
 */
public interface Settings {
  /** The name the operator gave this reference clock, such as {@code gps0}. */
  String name();

  /**
   * The day before which no time can be true: the day this program was built, or a later one if the
   * operator says so. Resolves two-digit years and 1024-week rollovers.
   */
  LocalDate notBefore();

  /** The text, choice or date as written; empty if neither file nor default has one. */
  Optional<String> text(String key);

  long integer(String key);

  /** In seconds. */
  double duration(String key);

  boolean flag(String key);

  List<Integer> integers(String key);

  List<String> texts(String key);
}
