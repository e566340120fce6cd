package org.timeball.platform.clock;

/**
 * What is known of CLOCK_REALTIME against raw: an earlier pair, and the last time that they came
 * apart. Immutable, shared between threads.
 *
 * @param line through the earlier pair, at the rate seen last
 * @param halfWidthNanos of that pair
 * @param calm the line before anything unexpected; the same as {@code line} if nothing was
 * @param jumpAfterRawNanos the last pair before they came apart
 * @param jumpBeforeRawNanos the first pair after it
 * @param oldOffsetNanos CLOCK_REALTIME minus raw before that
 * @param oldSinceRawNanos since when that offset had held
 */
record Anchor(
    OffsetLine line,
    long halfWidthNanos,
    OffsetLine calm,
    long jumpAfterRawNanos,
    long jumpBeforeRawNanos,
    long oldOffsetNanos,
    long oldSinceRawNanos) {

  /** How long a jump is taken into account: stamps are never older. */
  private static final long MEMORY_NANOS = 5_000_000_000L;

  /** Older stamps are not looked for on a scale that is gone: they are read within milliseconds. */
  private static final long OLD_SCALE_AGE_NANOS = 500_000_000L;

  private static final long MIDPOINT_SLACK_NANOS = 1_000;

  /** The first: nothing ever happened. */
  static Anchor at(ClockPair pair) {
    OffsetLine line = OffsetLine.through(pair, 0);
    long never = Long.MIN_VALUE / 2;
    return new Anchor(line, pair.halfWidthNanos(), line, never, never, pair.offsetNanos(), never);
  }

  boolean isCalm() {
    return calm.equals(line);
  }

  /**
   * What the raw scale showed when CLOCK_REALTIME showed this, or {@link PacketClock#UNPLACED}.
   *
   * @param now a pair that was taken after the stamp
   */
  long place(long realtimeNanos, ClockPair now) {
    long onNewScale = realtimeNanos - now.offsetNanos();
    if (now.rawNanos() - jumpBeforeRawNanos > MEMORY_NANOS) {
      return onNewScale;
    }
    long slack = now.halfWidthNanos() + MIDPOINT_SLACK_NANOS;
    long onOldScale = realtimeNanos - oldOffsetNanos;
    boolean canBeNew = onNewScale >= jumpAfterRawNanos && onNewScale <= now.rawNanos() + slack;
    boolean canBeOld =
        onOldScale <= jumpBeforeRawNanos
            && onOldScale >= Math.max(oldSinceRawNanos, now.rawNanos() - OLD_SCALE_AGE_NANOS);
    if (canBeNew == canBeOld) {
      return PacketClock.UNPLACED;
    }
    return canBeNew ? onNewScale : onOldScale;
  }

  /** Nothing unexpected: a newer pair, and what came before stays known. */
  Anchor moved(ClockPair pair, double rate, boolean forgetDoubt) {
    OffsetLine newer = OffsetLine.through(pair, rate);
    return new Anchor(
        newer,
        pair.halfWidthNanos(),
        forgetDoubt || isCalm() ? newer : calm,
        jumpAfterRawNanos,
        jumpBeforeRawNanos,
        oldOffsetNanos,
        oldSinceRawNanos);
  }

  /** They came apart between the line's start and this pair, and it is known that one was set. */
  Anchor jumped(ClockPair pair) {
    return apart(pair, line.rate(), OffsetLine.through(pair, line.rate()));
  }

  /** They came apart, and it is not known yet whether one was set or only runs at another rate. */
  Anchor doubted(ClockPair pair) {
    return apart(pair, line.rateTo(pair), calm);
  }

  private Anchor apart(ClockPair pair, double rate, OffsetLine newCalm) {
    return new Anchor(
        OffsetLine.through(pair, rate),
        pair.halfWidthNanos(),
        newCalm,
        line.rawNanos(),
        pair.rawNanos(),
        line.offsetNanos(),
        jumpBeforeRawNanos);
  }
}
