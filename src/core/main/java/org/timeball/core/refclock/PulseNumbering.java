package org.timeball.core.refclock;

/**
 * Which second each pulse began. The first number takes {@link #VOTES} labels in a row that agree;
 * from then on pulses are counted, and labels only confirm. Another number takes {@link
 * #VOTES_TO_CHANGE} in a row that agree on it and none that confirm the old one.
 */
final class PulseNumbering {
  /** Labels for different pulses, in a row, that give the first number. */
  static final int VOTES = 3;

  /** Labels in a row that give another number. */
  static final int VOTES_TO_CHANGE = 10;

  /** Labels in a row that contradict, after which the pulses are no longer used. */
  static final int VOTES_TO_DOUBT = 3;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long HALF_SECOND = NANOS_PER_SECOND / 2;

  private boolean numbered;
  private long anchorRaw;
  private long anchorUnix;
  private long candidateRaw;
  private long candidateUnix;
  private int agreeing;
  private long contradictionNanos;
  private boolean byClock;

  /** What a label did. */
  enum Outcome {
    /** Counted towards a first number. */
    GATHERING,
    /** Completed the first number. */
    NUMBERED,
    CONFIRMED,
    /** Named another second than counting does. */
    CONTRADICTED,
    /** Completed another number. */
    RENUMBERED
  }

  /**
   * A label says that the pulse at this moment began this second.
   *
   * @param votesToChange how many in a row are enough for another number
   */
  Outcome vote(long pulseRaw, long unixNanos, int votesToChange) {
    if (numbered && unixNanosOf(pulseRaw) == unixNanos) {
      agreeing = 0;
      byClock = false;
      return Outcome.CONFIRMED;
    }
    count(pulseRaw, unixNanos);
    if (!numbered) {
      return agreeing < VOTES ? Outcome.GATHERING : adopt(Outcome.NUMBERED);
    }
    contradictionNanos = unixNanos - unixNanosOf(pulseRaw);
    return agreeing < votesToChange ? Outcome.CONTRADICTED : adopt(Outcome.RENUMBERED);
  }

  private void count(long pulseRaw, long unixNanos) {
    long wholeSeconds = roundToSecond(pulseRaw - candidateRaw);
    boolean agrees = agreeing > 0 && candidateUnix + wholeSeconds == unixNanos;
    if (!agrees) {
      agreeing = 1;
    } else if (wholeSeconds > 0) {
      agreeing++;
    }
    candidateRaw = pulseRaw;
    candidateUnix = unixNanos;
  }

  private Outcome adopt(Outcome outcome) {
    number(candidateRaw, candidateUnix);
    byClock = false;
    return outcome;
  }

  /** Numbers a pulse by a clock that is known well enough. */
  void number(long pulseRaw, long unixNanos) {
    numbered = true;
    byClock = true;
    anchorRaw = pulseRaw;
    anchorUnix = unixNanos;
    agreeing = 0;
  }

  /** Keeps counting short: the next numbers are counted from this pulse. */
  void advance(long pulseRaw) {
    anchorUnix = unixNanosOf(pulseRaw);
    anchorRaw = pulseRaw;
  }

  void forget() {
    numbered = false;
    agreeing = 0;
  }

  /** Time itself was renumbered, as by a leap second. */
  void shift(long nanos) {
    anchorUnix += nanos;
    candidateUnix += nanos;
  }

  boolean isNumbered() {
    return numbered;
  }

  /** Whether no label has confirmed what a clock numbered. */
  boolean isByClock() {
    return numbered && byClock;
  }

  /** Whether labels contradict so steadily that the pulses should not be used. */
  boolean isDoubted() {
    return numbered && agreeing >= VOTES_TO_DOUBT;
  }

  /** Labels so far towards a number, or against one. */
  int agreeing() {
    return agreeing;
  }

  /** What the last contradicting label said minus what counting says. */
  long contradictionNanos() {
    return contradictionNanos;
  }

  /** The second of a pulse at most minutes away from the last one. */
  long unixNanosOf(long pulseRaw) {
    return anchorUnix + roundToSecond(pulseRaw - anchorRaw);
  }

  private static long roundToSecond(long nanos) {
    return Math.floorDiv(nanos + HALF_SECOND, NANOS_PER_SECOND) * NANOS_PER_SECOND;
  }
}
