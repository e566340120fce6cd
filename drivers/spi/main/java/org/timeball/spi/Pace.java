package org.timeball.spi;

import org.timeball.time.UtcTime;

/**
 * Tells whether the labels of one kind keep pace with the time of their arrival. For every driver
 * whose clock says the time again and again; one for each kind of label.
 *
 * <p>What a label says, less when it arrived, is its <em>lead</em>. While all is well the lead is
 * the same for every label but for some tenths of a second of lateness. It betrays what a single
 * label cannot: sentences that waited in a buffer while nobody read arrive all at once, each with
 * too small a lead; a clock that stands still, runs backwards or jumps has another lead from then
 * on. A new lead is believed only after labels have agreed on it for a while.
 */
public final class Pace {
  /** Chosen: lateness wanders by less, and the next second is further away. */
  private static final long TOLERANCE_NANOS = 700_000_000L;

  /** Two labels this far apart did not come out of one buffer. */
  private static final long FIRST_PROOF_NANOS = 700_000_000L;

  /** Chosen: a receiver that shows a wrong time for a moment is back before. */
  private static final long NEW_PROOF_NANOS = 4_000_000_000L;

  private static final int NEW_PROOF_LABELS = 3;

  /** Follows the wander of a lateness, and the oscillator, which is off by far less. */
  private static final long SMOOTHING = 16;

  private static final long LEAP_NANOS = 1_000_000_000L;

  private boolean proven;
  private long provenLeadNanos;
  private long provenUnixNanos;

  private int agreeing;
  private long candidateLeadNanos;
  private long candidateUnixNanos;
  private long candidateSinceRawNanos;

  private boolean withinLeapSecond;
  private double deviationSeconds;

  /**
   * The standing of a label that its clock vouches for.
   *
   * @param endRawNanos when its last octet arrived
   * @return {@code CARRIER}, {@code STALE} or {@code UNCONFIRMED}
   */
  public Label.Standing judge(UtcTime utc, long endRawNanos) {
    if (withinLeapSecond && !utc.leapSecond()) {
      // Unix time shows the second after 23:59:60 with the same number again.
      provenLeadNanos -= LEAP_NANOS;
      provenUnixNanos -= LEAP_NANOS;
      candidateLeadNanos -= LEAP_NANOS;
      candidateUnixNanos -= LEAP_NANOS;
    }
    withinLeapSecond = utc.leapSecond();

    long unixNanos = utc.unixNanos();
    long leadNanos = unixNanos - endRawNanos;
    if (proven) {
      long deviation = leadNanos - provenLeadNanos;
      deviationSeconds = deviation * 1e-9;
      if (Math.abs(deviation) <= TOLERANCE_NANOS) {
        agreeing = 0;
        if (unixNanos <= provenUnixNanos) {
          return Label.Standing.UNCONFIRMED;
        }
        provenLeadNanos += deviation / SMOOTHING;
        provenUnixNanos = unixNanos;
        return Label.Standing.CARRIER;
      }
    }
    if (isProof(unixNanos, leadNanos, endRawNanos)) {
      proven = true;
      provenLeadNanos = candidateLeadNanos;
      provenUnixNanos = unixNanos;
      agreeing = 0;
      return Label.Standing.CARRIER;
    }
    boolean late = proven && leadNanos < provenLeadNanos && unixNanos > provenUnixNanos;
    return late ? Label.Standing.STALE : Label.Standing.UNCONFIRMED;
  }

  private boolean isProof(long unixNanos, long leadNanos, long endRawNanos) {
    boolean agrees =
        agreeing > 0
            && Math.abs(leadNanos - candidateLeadNanos) <= TOLERANCE_NANOS
            && unixNanos > candidateUnixNanos;
    if (!agrees) {
      agreeing = 0;
      candidateLeadNanos = leadNanos;
      candidateSinceRawNanos = endRawNanos;
    }
    agreeing++;
    candidateUnixNanos = unixNanos;
    long spanNanos = endRawNanos - candidateSinceRawNanos;
    return proven
        ? agreeing >= NEW_PROOF_LABELS && spanNanos >= NEW_PROOF_NANOS
        : agreeing >= 2 && spanNanos >= FIRST_PROOF_NANOS;
  }

  /** Whether some labels have been proven to arrive as they are said. */
  public boolean isProven() {
    return proven;
  }

  /**
   * By how much the last label differed from what was due, in seconds; negative is late or behind.
   * 0 until something is proven.
   */
  public double deviationSeconds() {
    return deviationSeconds;
  }

  /** The line was interrupted: begin anew. */
  public void reset() {
    proven = false;
    agreeing = 0;
    withinLeapSecond = false;
    deviationSeconds = 0;
  }
}
