package org.timeball.platform.clock;

/**
 * Reads CLOCK_REALTIME between two readings of the raw scale, so that the two are known to belong
 * together within half the distance of those readings. An interrupt in between widens the bracket;
 * the tightest of a few is kept.
 *
 * <p>Belongs to one thread; each {@link #take} replaces the last result and allocates nothing.
 */
final class ClockPair {
  /** Brackets to try. Measured: the first is good on an idle machine, the third on a busy one. */
  private static final int MOST_BRACKETS = 5;

  /**
   * A bracket this tight needs no second try: an undisturbed one is about 0.05 µs wide on a PC and
   * 0.3 µs on a small ARM board.
   */
  private static final long TIGHT_WIDTH_NANOS = 600;

  private final ClockSource source;
  private long rawNanos;
  private long offsetNanos;
  private long widthNanos;

  ClockPair(ClockSource source) {
    this.source = source;
  }

  /** Takes a new pair. */
  ClockPair take() {
    widthNanos = Long.MAX_VALUE;
    long before = source.rawNanos();
    for (int i = 0; i < MOST_BRACKETS && widthNanos > TIGHT_WIDTH_NANOS; i++) {
      long realtime = source.realtimeNanos();
      long after = source.rawNanos();
      if (after - before < widthNanos) {
        widthNanos = after - before;
        rawNanos = before + widthNanos / 2;
        offsetNanos = realtime - rawNanos;
      }
      before = after;
    }
    return this;
  }

  /** The middle of the bracket on the raw scale. */
  long rawNanos() {
    return rawNanos;
  }

  /** CLOCK_REALTIME minus raw. */
  long offsetNanos() {
    return offsetNanos;
  }

  /** How far {@link #offsetNanos} can be wrong. */
  long halfWidthNanos() {
    return (widthNanos + 1) / 2;
  }
}
