package org.timeball.core.source;

/**
 * Holds back samples that are far from what is believed. A jump is followed only after it has
 * lasted and has stayed the same; a jump beyond all reason is not followed at all while the belief
 * lasts.
 */
final class JumpGuard {
  /** Seconds: as far as the host can tell, and whole seconds of labels apart. */
  private static final double EXPECTED_WITHIN = 2;

  private static final int EXPECTED_AFTER = 4;

  /** Two minutes: labels and pulses need half a minute to agree on another second. */
  private static final long EXPECTED_FOR_NANOS = 120_000_000_000L;

  private final double confirmationSeconds;
  private final double largestFollowed;
  private boolean holding;
  private double jump;
  private long sinceRaw;
  private long lastRaw;
  private int agreeing;
  private boolean expecting;
  private double expected;
  private long expectedUntilRaw;

  /**
   * @param confirmationSeconds how long a jump must last
   * @param largestFollowed seconds; a larger jump is never followed
   */
  JumpGuard(double confirmationSeconds, double largestFollowed) {
    this.confirmationSeconds = confirmationSeconds;
    this.largestFollowed = largestFollowed;
  }

  /** What to do with a sample. */
  enum Finding {
    PLAUSIBLE,
    /** Not to be used: a jump that is not confirmed. */
    HELD,
    /** The jump has lasted: to be followed. */
    CONFIRMED
  }

  /**
   * Judges one sample.
   *
   * @param residual what it says minus what is believed, in seconds
   * @param tolerance seconds that are no jump
   */
  Finding judge(long rawNanos, double residual, double tolerance) {
    if (Math.abs(residual) <= tolerance) {
      holding = false;
      return Finding.PLAUSIBLE;
    }
    if (!holding || Math.abs(residual - jump) > tolerance) {
      holding = true;
      jump = residual;
      sinceRaw = rawNanos;
      agreeing = 0;
    }
    agreeing++;
    lastRaw = rawNanos;
    if (isExpected(rawNanos, residual) && agreeing >= EXPECTED_AFTER) {
      expecting = false;
      holding = false;
      return Finding.CONFIRMED;
    }
    if (Math.abs(residual) > largestFollowed || heldSeconds() < confirmationSeconds) {
      return Finding.HELD;
    }
    holding = false;
    return Finding.CONFIRMED;
  }

  /**
   * Something outside makes a jump of about this size likely, as a suspend does: for a while it
   * needs only a few samples that agree.
   */
  void expect(double seconds, long nowRaw) {
    expecting = true;
    expected = seconds;
    expectedUntilRaw = nowRaw + EXPECTED_FOR_NANOS;
  }

  private boolean isExpected(long rawNanos, double residual) {
    return expecting
        && rawNanos < expectedUntilRaw
        && Math.abs(residual - expected) < EXPECTED_WITHIN;
  }

  void reset() {
    expecting = false;
    holding = false;
  }

  boolean isHolding() {
    return holding;
  }

  /** Held samples that agree. */
  int agreeing() {
    return holding ? agreeing : 0;
  }

  /** Seconds by which the held samples differ from the belief. */
  double jump() {
    return jump;
  }

  double heldSeconds() {
    return (lastRaw - sinceRaw) * 1e-9;
  }

  boolean isBeyondFollowing() {
    return holding && Math.abs(jump) > largestFollowed;
  }
}
