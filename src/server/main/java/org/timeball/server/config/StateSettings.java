package org.timeball.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The table {@code [state]}: where what was learned is kept between runs.
 *
 * @param directory {@code $STATE_DIRECTORY} (systemd sets it) or {@code /var/lib/timeball} if empty
 */
public record StateSettings(Optional<Path> directory) {
  private static final Key<String> DIRECTORY = Key.of("directory", Values.text());

  static final List<Key<?>> KEYS = List.of(DIRECTORY);

  static StateSettings read(Optional<Table> table) {
    table.ifPresent(state -> state.refuseAllBut(KEYS));
    return new StateSettings(table.flatMap(state -> state.find(DIRECTORY)).map(Path::of));
  }
}
