package org.timeball.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The table {@code [leap]}: where the coming leap seconds are listed.
 *
 * @param file {@link #USUAL_FILE}, if there is one, if empty
 */
public record LeapSettings(Optional<Path> file) {
  /** Debian's time zone package keeps it up to date. */
  public static final Path USUAL_FILE = Path.of("/usr/share/zoneinfo/leap-seconds.list");

  private static final Key<String> FILE = Key.of("file", Values.text());

  static final List<Key<?>> KEYS =
      List.of(FILE, Key.planned("smear", "spreading leap seconds for all clients"));

  static LeapSettings read(Optional<Table> table) {
    table.ifPresent(leap -> leap.refuseAllBut(KEYS));
    return new LeapSettings(table.flatMap(leap -> leap.find(FILE)).map(Path::of));
  }
}
