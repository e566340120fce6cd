package org.timeball.server.config;

import java.util.List;
import java.util.Optional;

/**
 * The table {@code [scheduling]}.
 *
 * @param priority real-time priority of the threads that answer clients, those that time depends on
 *     more being one and two above; 0 for ordinary scheduling
 * @param lockMemory whether memory that is in use is kept from being swapped out
 */
public record SchedulingSettings(int priority, boolean lockMemory) {
  /** Before all ordinary threads, and after the kernel's own, which are at 50. */
  private static final int USUAL_PRIORITY = 10;

  /** Two below the kernel's interrupt threads. */
  private static final int HIGHEST_PRIORITY = 47;

  private static final Key<Integer> PRIORITY =
      Key.of(
          "priority",
          USUAL_PRIORITY,
          Values.integer(
              0, HIGHEST_PRIORITY, "above, the kernel's interrupts would have to wait for us"));
  private static final Key<Boolean> LOCK_MEMORY = Key.of("lock-memory", true, Values.flag());

  static final List<Key<?>> KEYS = List.of(PRIORITY, LOCK_MEMORY);

  static SchedulingSettings read(Optional<Table> table) {
    table.ifPresent(scheduling -> scheduling.refuseAllBut(KEYS));
    return new SchedulingSettings(
        table.map(t -> t.get(PRIORITY)).orElse(PRIORITY.fallback()),
        table.map(t -> t.get(LOCK_MEMORY)).orElse(LOCK_MEMORY.fallback()));
  }
}
