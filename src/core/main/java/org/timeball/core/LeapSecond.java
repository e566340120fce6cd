package org.timeball.core;

import org.timeball.time.Leap;

/**
 * A leap second.
 *
 * @param kind {@link Leap#INSERT} or {@link Leap#DELETE}
 * @param midnightUnixSeconds the first second after it, a midnight of UTC
 */
public record LeapSecond(Leap kind, long midnightUnixSeconds) {
  private static final long DAY = 86_400;

  public LeapSecond {
    if (kind != Leap.INSERT && kind != Leap.DELETE) {
      throw new IllegalArgumentException("a leap second is inserted or deleted, not " + kind);
    }
    if (midnightUnixSeconds % DAY != 0) {
      throw new IllegalArgumentException(midnightUnixSeconds + " is no midnight of UTC");
    }
  }

  /** By how many seconds the day is longer than others: 1 or -1. */
  public int seconds() {
    return kind == Leap.INSERT ? 1 : -1;
  }
}
