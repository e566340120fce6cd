package org.timeball.platform.clock;

import java.util.function.LongSupplier;

/**
 * The precision that replies state (RFC 5905, section 7.3): the time it takes to read the clock, as
 * a power of two in seconds.
 *
 * <p>The trap: in a program that has just started, the first readings take microseconds, because
 * the Java machine has not compiled them yet, and that is not what a client will meet. So they are
 * repeated until they are quick, within a limit that a start can bear, and again whenever somebody
 * asks, until they have been quick once. Several threads may ask.
 */
final class ClockPrecision {
  /** Chosen: compiled code is below it on every board, interpreted code above. */
  private static final long QUICK_NANOS = 250;

  /** Chosen: some hundredths of the time a start takes. */
  private static final long LONGEST_MEASUREMENT_NANOS = 30_000_000L;

  private static final int LEAST_READINGS = 300;
  private static final int MOST_READINGS = 20_000;

  private final LongSupplier clockNanos;

  /** The least difference so far between two readings that differ. */
  private long leastNanos = 1_000_000_000L;

  ClockPrecision(LongSupplier clockNanos) {
    this.clockNanos = clockNanos;
    measure(MOST_READINGS);
  }

  /** log2 of the least time that a reading took so far in seconds, rounded up; -30 to 0. */
  synchronized int exponent() {
    if (leastNanos > QUICK_NANOS) {
      measure(LEAST_READINGS);
    }
    return exponentOf(leastNanos);
  }

  private void measure(int mostReadings) {
    long start = clockNanos.getAsLong();
    long last = start;
    for (int i = 0; i < mostReadings; i++) {
      long now = clockNanos.getAsLong();
      if (now > last) {
        leastNanos = Math.min(leastNanos, now - last);
      }
      last = now;
      boolean enough = leastNanos <= QUICK_NANOS || now - start > LONGEST_MEASUREMENT_NANOS;
      if (i >= LEAST_READINGS && enough) {
        break;
      }
    }
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
