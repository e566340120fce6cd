package org.timeball.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.timeball.core.leap.Smear;

/**
 * The table {@code [leap]}: where the coming leap seconds are listed, and how clients are shown
 * them.
 *
 * @param file {@link #USUAL_FILE}, if there is one, if empty
 * @param smear how leap seconds are spread for clients, if they are, where a listener says nothing
 */
public record LeapSettings(Optional<Path> file, Optional<Smear> smear) {
  /** Debian's time zone package keeps it up to date. */
  public static final Path USUAL_FILE = Path.of("/usr/share/zoneinfo/leap-seconds.list");

  private static final Key<String> FILE = Key.of("file", Values.text());

  static final List<Key<?>> KEYS =
      Stream.concat(Stream.of(FILE), SmearSettings.KEYS.stream()).toList();

  static LeapSettings read(Optional<Table> table) {
    table.ifPresent(leap -> leap.refuseAllBut(KEYS));
    return new LeapSettings(
        table.flatMap(leap -> leap.find(FILE)).map(Path::of),
        table.flatMap(leap -> SmearSettings.read(leap, Optional.empty())));
  }
}
