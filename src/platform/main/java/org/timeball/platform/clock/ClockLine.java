package org.timeball.platform.clock;

/**
 * A clock as a straight line over the raw scale: what it shows is known from two points and a rate,
 * with at most one leap second ahead. Immutable, so that one reference makes all of it visible to
 * other threads at once.
 *
 * @param rawNanos where the line starts
 * @param unixNanos what the clock showed there, whole nanoseconds
 * @param fraction the rest of it, 0 to 1 ns: kept, or each change of rate would lose a part
 * @param frequency how much faster than raw the clock runs; 1e-6 is 1 ppm
 * @param leapAtUnixNanos where the clock jumps; {@link Long#MAX_VALUE} for nowhere
 * @param leapNanos by how much it jumps there
 */
record ClockLine(
    long rawNanos,
    long unixNanos,
    double fraction,
    double frequency,
    long leapAtUnixNanos,
    long leapNanos) {

  private static final long NO_LEAP = Long.MAX_VALUE;

  static ClockLine startingAt(long rawNanos, long unixNanos) {
    return new ClockLine(rawNanos, unixNanos, 0, 0, NO_LEAP, 0);
  }

  /** What the clock shows at a moment of the raw scale. Allocates nothing. */
  long at(long raw) {
    long elapsed = raw - rawNanos;
    long unix = unixNanos + elapsed + (long) Math.floor(elapsed * frequency + fraction);
    return unix >= leapAtUnixNanos ? unix + leapNanos : unix;
  }

  /** Whether the leap lies behind at this moment. */
  boolean hasLeaptAt(long raw) {
    long elapsed = raw - rawNanos;
    return unixNanos + elapsed + (long) Math.floor(elapsed * frequency + fraction)
        >= leapAtUnixNanos;
  }

  /** The same clock, starting at another moment; a leap that lies behind is done with. */
  ClockLine from(long raw) {
    long elapsed = raw - rawNanos;
    double correction = elapsed * frequency + fraction;
    double whole = Math.floor(correction);
    long unix = unixNanos + elapsed + (long) whole;
    return unix >= leapAtUnixNanos
        ? new ClockLine(raw, unix + leapNanos, correction - whole, frequency, NO_LEAP, 0)
        : new ClockLine(raw, unix, correction - whole, frequency, leapAtUnixNanos, leapNanos);
  }

  ClockLine withFrequency(double newFrequency) {
    return new ClockLine(rawNanos, unixNanos, fraction, newFrequency, leapAtUnixNanos, leapNanos);
  }

  ClockLine steppedBy(long nanos) {
    return new ClockLine(
        rawNanos, unixNanos + nanos, fraction, frequency, leapAtUnixNanos, leapNanos);
  }

  ClockLine withLeap(long atUnixNanos, long nanos) {
    return new ClockLine(rawNanos, unixNanos, fraction, frequency, atUnixNanos, nanos);
  }

  ClockLine withoutLeap() {
    return withLeap(NO_LEAP, 0);
  }
}
