package org.timeball.server.config;

import java.util.List;
import java.util.Optional;

/** The table {@code [log]}. */
public record LogSettings(Level level) {
  /** The least urgent lines that are written. */
  public enum Level {
    ERROR,
    WARNING,
    INFO,
    DEBUG
  }

  private static final Key<Level> LEVEL = Key.of("level", Level.INFO, Values.choice(Level.class));

  static final List<Key<?>> KEYS = List.of(LEVEL);

  static LogSettings read(Optional<Table> table) {
    table.ifPresent(log -> log.refuseAllBut(KEYS));
    return new LogSettings(table.map(log -> log.get(LEVEL)).orElse(LEVEL.fallback()));
  }
}
