package org.timeball.platform.clock;

import java.util.function.LongSupplier;

/**
 * The precision that replies state (RFC 5905, section 7.3): the time it takes to read the clock, as
 * a power of two in seconds.
 */
final class ClockPrecision {
  /** Chosen: the least of these is undisturbed, and they take well under a millisecond. */
  private static final int READINGS = 300;

  private ClockPrecision() {}

  /**
   * Measures the least difference between two readings that differ.
   *
   * @return log2 of it in seconds, rounded up; -30 (a nanosecond) to 0
   */
  static int measure(LongSupplier clockNanos) {
    long least = 1_000_000_000L;
    long last = clockNanos.getAsLong();
    for (int i = 0; i < READINGS; i++) {
      long now = clockNanos.getAsLong();
      if (now > last) {
        least = Math.min(least, now - last);
      }
      last = now;
    }
    return exponentOf(least);
  }

  /** The smallest power of two of a second that is not below {@code nanos}. */
  static int exponentOf(long nanos) {
    int exponent = 0;
    while (exponent > -30 && Math.scalb(1e9, exponent - 1) >= nanos) {
      exponent--;
    }
    return exponent;
  }
}
