package org.timeball.driver.pps;

import org.timeball.spi.Edge;

/**
 * Learns the shape of the pulse, and from it which edge leads: a pulse is shorter than the pause
 * after it, so the edge that is soonest followed by its opposite is the one that begins it.
 *
 * <p>A square wave has two edges that look alike, and a line that reports only one kind of edge has
 * nothing to compare; both are said and not guessed away.
 */
final class PulseShape {
  /** What is known. */
  enum Kind {
    UNKNOWN,
    RISING_LEADS,
    FALLING_LEADS,
    /** High and low last so much alike that either edge may lead. */
    SQUARE,
    ONLY_RISING,
    ONLY_FALLING
  }

  /** So many pulses of one shape, one after the other, make it known. */
  private static final int FIRST_PROOF = 2;

  /** And so many of another shape change it. */
  private static final int NEW_PROOF = 5;

  /** The raw scale is off by far less, and a glitch seldom within. */
  private static final double CYCLE_TOLERANCE = 0.01;

  /** Between these parts of the interval a high time is square. */
  private static final double SQUARE_FROM = 0.45;

  private static final double SQUARE_TO = 0.555;

  private final long intervalNanos;

  private boolean begun;
  private long cycleStartNanos;
  private boolean cycleStartRising;
  private int oppositeEdges;
  private long oppositeNanos;

  private Kind candidate = Kind.UNKNOWN;
  private int agreeing;
  private Kind kind = Kind.UNKNOWN;
  private long highNanos;

  PulseShape(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  Kind kind() {
    return kind;
  }

  /** How long the line is high in each interval; meaningless where only one kind of edge comes. */
  long highNanos() {
    return highNanos;
  }

  void reset() {
    begun = false;
    agreeing = 0;
    candidate = Kind.UNKNOWN;
    kind = Kind.UNKNOWN;
  }

  /** Takes an edge. True if what is known has changed. */
  boolean see(Edge edge) {
    if (!begun) {
      begin(edge);
      return false;
    }
    if (edge.rising() != cycleStartRising) {
      oppositeEdges++;
      oppositeNanos = edge.rawNanos();
      return false;
    }
    double cycles = (double) (edge.rawNanos() - cycleStartNanos) / intervalNanos;
    Kind seen = Math.abs(cycles - 1) <= CYCLE_TOLERANCE ? cycle() : Kind.UNKNOWN;
    begin(edge);
    return vote(seen);
  }

  private void begin(Edge edge) {
    begun = true;
    cycleStartNanos = edge.rawNanos();
    cycleStartRising = edge.rising();
    oppositeEdges = 0;
  }

  /** The shape of one whole cycle from one edge to the next of its kind. */
  private Kind cycle() {
    if (oppositeEdges == 0) {
      return cycleStartRising ? Kind.ONLY_RISING : Kind.ONLY_FALLING;
    }
    if (oppositeEdges > 1) {
      return Kind.UNKNOWN;
    }
    long firstPart = oppositeNanos - cycleStartNanos;
    highNanos = cycleStartRising ? firstPart : intervalNanos - firstPart;
    double high = (double) highNanos / intervalNanos;
    if (high < SQUARE_FROM) {
      return Kind.RISING_LEADS;
    }
    return high > SQUARE_TO ? Kind.FALLING_LEADS : Kind.SQUARE;
  }

  private boolean vote(Kind seen) {
    if (seen == Kind.UNKNOWN) {
      agreeing = 0;
      return false;
    }
    agreeing = seen == candidate ? agreeing + 1 : 1;
    candidate = seen;
    if (seen == kind || agreeing < (kind == Kind.UNKNOWN ? FIRST_PROOF : NEW_PROOF)) {
      return false;
    }
    kind = seen;
    return true;
  }
}
