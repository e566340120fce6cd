package org.timeball.testkit;

/** One thing that happens to a driver in a recording, at a time since the recording began. */
sealed interface Step {
  long atNanos();

  /**
   * Octets on the line; the first one has arrived at {@code atNanos}.
   *
   * @param latin1 each octet as one character
   */
  record Octets(long atNanos, String latin1) implements Step {}

  /** An edge on the pulse line. */
  record PulseEdge(long atNanos, boolean rising, long sequence) implements Step {}

  /** The line comes back. */
  record LineUp(long atNanos) implements Step {}

  /** The line is lost. */
  record LineDown(long atNanos) implements Step {}

  /** A measurement is wanted. */
  record Demand(long atNanos) implements Step {}

  /** Nothing happens; timers up to here run. */
  record End(long atNanos) implements Step {}
}
