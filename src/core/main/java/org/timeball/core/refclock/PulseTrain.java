package org.timeball.core.refclock;

/**
 * The beat of a pulse line: which pulses come whole seconds after each other. Knows nothing of
 * which second it is.
 */
final class PulseTrain {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Seconds; beyond any real receiver's jitter and far below a wrong edge. */
  private static final double TOLERANCE = 2e-3;

  /** The worst oscillator a kernel can correct. */
  private static final double FREQUENCY_TOLERANCE = 500e-6;

  /** Pulses in a row that make a beat. */
  private static final int TO_LOCK = 2;

  /** Pulses in a row on another beat, with none on the old one, that move the beat. */
  private static final int TO_MOVE = 10;

  /** Seconds without a pulse after which the beat is found anew: 60 s at 500 ppm are 30 ms. */
  private static final double LIFETIME = 60;

  private boolean anchored;
  private long anchor;
  private int onBeat;
  private boolean candidateAnchored;
  private long candidate;
  private int onCandidate;
  private double movedBy;

  /** What one pulse was. */
  enum Finding {
    /** Not enough of them yet. */
    ACQUIRING,
    ON_BEAT,
    /** Within the same second as the one before. */
    DOUBLED,
    /** Away from the beat; see {@link #movedBy} for one that stays away. */
    OFF_BEAT,
    /** The beat itself has moved, and this pulse is on the new one. */
    MOVED
  }

  Finding judge(long rawNanos) {
    if (!anchored || (rawNanos - anchor) / NANOS_PER_SECOND > LIFETIME) {
      restart(rawNanos);
      return Finding.ACQUIRING;
    }
    double away = away(anchor, rawNanos);
    double whole = Math.rint((rawNanos - anchor) / NANOS_PER_SECOND);
    if (Math.abs(away) <= TOLERANCE + whole * FREQUENCY_TOLERANCE) {
      if (whole < 1) {
        return Finding.DOUBLED;
      }
      anchor = rawNanos;
      onBeat++;
      candidateAnchored = false;
      return isLocked() ? Finding.ON_BEAT : Finding.ACQUIRING;
    }
    return offBeat(rawNanos, away);
  }

  private Finding offBeat(long rawNanos, double away) {
    if (!isLocked()) {
      restart(rawNanos);
      return Finding.ACQUIRING;
    }
    double sinceCandidate = candidateAnchored ? away(candidate, rawNanos) : 1;
    double whole = Math.rint((rawNanos - candidate) / NANOS_PER_SECOND);
    boolean sameBeat =
        candidateAnchored
            && whole >= 1
            && Math.abs(sinceCandidate) <= TOLERANCE + whole * FREQUENCY_TOLERANCE;
    onCandidate = sameBeat ? onCandidate + 1 : 1;
    candidate = rawNanos;
    candidateAnchored = true;
    if (onCandidate < TO_MOVE) {
      return Finding.OFF_BEAT;
    }
    movedBy = away;
    restart(rawNanos);
    onBeat = TO_LOCK;
    return Finding.MOVED;
  }

  /** Forgets the beat: the line was lost, or a pause hid what happened. */
  void reset() {
    anchored = false;
    onBeat = 0;
    candidateAnchored = false;
  }

  boolean isLocked() {
    return anchored && onBeat >= TO_LOCK;
  }

  /** The last pulse on the beat. Only while locked. */
  long lastRawNanos() {
    return anchor;
  }

  /** After {@link Finding#MOVED}: seconds the new beat is later (positive) than the old one. */
  double movedBy() {
    return movedBy;
  }

  /** The moment on the beat nearest to another moment not far away. */
  long beatNearest(long rawNanos) {
    double whole = Math.rint((rawNanos - anchor) / NANOS_PER_SECOND);
    return anchor + (long) (whole * NANOS_PER_SECOND);
  }

  boolean hasBeatWithin(long rawNanos, double seconds) {
    return isLocked() && Math.abs(rawNanos - anchor) < seconds * NANOS_PER_SECOND;
  }

  private void restart(long rawNanos) {
    anchored = true;
    anchor = rawNanos;
    onBeat = 1;
    candidateAnchored = false;
    onCandidate = 0;
  }

  /** Seconds from the nearest whole second after {@code from}, -0.5 to 0.5. */
  private static double away(long from, long rawNanos) {
    double seconds = (rawNanos - from) / NANOS_PER_SECOND;
    return seconds - Math.rint(seconds);
  }
}
