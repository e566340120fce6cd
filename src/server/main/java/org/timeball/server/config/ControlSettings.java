package org.timeball.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The table {@code [control]}: where the socket of {@code timeball status} and its like lies.
 *
 * @param directory {@code $RUNTIME_DIRECTORY} (systemd sets it) or {@code /run/timeball} if empty
 */
public record ControlSettings(Optional<Path> directory) {
  private static final Key<String> DIRECTORY = Key.of("directory", Values.text());

  static final List<Key<?>> KEYS = List.of(DIRECTORY);

  static ControlSettings read(Optional<Table> table) {
    table.ifPresent(control -> control.refuseAllBut(KEYS));
    return new ControlSettings(table.flatMap(control -> control.find(DIRECTORY)).map(Path::of));
  }
}
