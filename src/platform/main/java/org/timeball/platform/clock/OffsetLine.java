package org.timeball.platform.clock;

/**
 * CLOCK_REALTIME minus raw as a straight line.
 *
 * @param rawNanos where it starts
 * @param offsetNanos the difference there
 * @param rate of CLOCK_REALTIME against raw, less 1
 */
record OffsetLine(long rawNanos, long offsetNanos, double rate) {
  static OffsetLine through(ClockPair pair, double rate) {
    return new OffsetLine(pair.rawNanos(), pair.offsetNanos(), rate);
  }

  /** How far a pair is from this line, in nanoseconds. */
  long unexpected(ClockPair pair) {
    return pair.offsetNanos() - offsetNanos - Math.round(age(pair) * rate);
  }

  /** The rate that leads from here to a pair. */
  double rateTo(ClockPair pair) {
    return (pair.offsetNanos() - offsetNanos) / (double) age(pair);
  }

  /** From here to a pair. */
  long age(ClockPair pair) {
    return pair.rawNanos() - rawNanos;
  }
}
