package org.timeball.platform.clock;

import java.util.function.LongSupplier;

/**
 * The precision that replies state (RFC 5905, section 7.3): the time it takes to read the clock, as
 * a power of two in seconds.
 *
 * <p>The trap: in a program that has just started, the first readings take microseconds, because
 * the Java machine has not compiled them yet, and that is not what a client will meet. So they are
 * repeated until they are quick, within a limit that a start can bear.
 */
final class ClockPrecision {
  /** Chosen: compiled code is below it on every board, interpreted code above. */
  private static final long QUICK_NANOS = 250;

  /** Chosen: some hundredths of the time a start takes. */
  private static final long LONGEST_MEASUREMENT_NANOS = 30_000_000L;

  private static final int LEAST_READINGS = 300;
  private static final int MOST_READINGS = 20_000;

  private ClockPrecision() {}

  /**
   * Measures the least difference between two readings that differ.
   *
   * @return log2 of it in seconds, rounded up; -30 (a nanosecond) to 0
   */
  static int measure(LongSupplier clockNanos) {
    long least = 1_000_000_000L;
    long start = clockNanos.getAsLong();
    long last = start;
    for (int i = 0; i < MOST_READINGS; i++) {
      long now = clockNanos.getAsLong();
      if (now > last) {
        least = Math.min(least, now - last);
      }
      last = now;
      boolean enough = least <= QUICK_NANOS || now - start > LONGEST_MEASUREMENT_NANOS;
      if (i >= LEAST_READINGS && enough) {
        break;
      }
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
