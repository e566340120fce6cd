package org.timeball.core.nts.client;

/**
 * When keys may be fetched again. Every attempt doubles the pause after it, whether it succeeds or
 * not; only an authentic reply, which proves that the keys are good for something, takes it back to
 * the shortest. So a flood of forged kisses costs the server nothing.
 */
public final class KeBackOff {
  /** Seconds, chosen: a network that is just coming up is tried a few times in its first minute. */
  private static final double SHORTEST = 4;

  /** 2.3 hours, chosen: a server that is away for a day is tried a dozen times. */
  private static final int MOST_DOUBLINGS = 11;

  /** The part of a pause by which it differs between clients that lost their server at once. */
  private static final double SPREAD = 0.25;

  private int attempts;
  private long nextRawNanos = Long.MIN_VALUE;

  /**
   * An attempt begins.
   *
   * @param random 64 bits that differ between clients
   */
  void attempt(long nowRawNanos, long random) {
    double pause = SHORTEST * Math.scalb(1.0, Math.min(attempts, MOST_DOUBLINGS));
    double spread = 1 + SPREAD * (random >>> 11) * 0x1p-53;
    attempts++;
    nextRawNanos = nowRawNanos + (long) (pause * spread * 1e9);
  }

  /** The last keys were worth it. */
  void proven() {
    attempts = 0;
  }

  /** When the next attempt may begin. */
  long nextRawNanos() {
    return nextRawNanos;
  }
}
