package org.timeball.core;

import java.util.List;

/**
 * Owns every mutable object of {@code core}; belongs to one thread. One event in, the actions that
 * follow from it out.
 */
public interface Brain {
  /**
   * Handles one event.
   *
   * @param event what happened
   * @param now the clock, read once for this turn
   */
  List<Action> handle(Event event, ClockReading now);

  /** When to send the next {@link Event.WakeUp}, on the raw scale. */
  long nextWakeRawNanos();
}
