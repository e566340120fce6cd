package org.timeball.driver.pps;

import java.util.ArrayList;
import java.util.List;
import org.timeball.spi.Edge;

/**
 * Keeps the beat: pulses come a whole number of intervals apart. What comes between is a glitch,
 * and pulses that all come elsewhere are believed when some have agreed on it.
 */
final class Beat {
  /** What an edge is. */
  enum Verdict {
    ON_BEAT,
    /** Kept the beat long enough for the first time, or anew at another place. */
    ON_NEW_BEAT,
    /** Not yet enough pulses agree. */
    WAIT,
    /** Close behind a pulse. */
    DOUBLED,
    OFF_BEAT
  }

  /** Seen: USB adds up to 2 ms; the wrong edge of a receiver's pulse is never so close. */
  private static final long TOLERANCE_NANOS = 5_000_000L;

  /** Oscillators of computers are off by less than 200 ppm. */
  private static final long DRIFT_DIVISOR = 5_000;

  private static final int FIRST_PROOF = 3;
  private static final int NEW_PROOF = 5;

  private final long intervalNanos;

  private boolean locked;
  private long pulseNanos;
  private long missed;
  private long movedNanos;

  private final List<Edge> agreeing = new ArrayList<>();
  private List<Edge> proof = List.of();

  Beat(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  void reset() {
    locked = false;
    agreeing.clear();
    missed = 0;
    movedNanos = 0;
  }

  Verdict judge(Edge edge) {
    long rawNanos = edge.rawNanos();
    missed = 0;
    if (!locked) {
      return prove(edge, FIRST_PROOF) ? lock(rawNanos) : Verdict.WAIT;
    }
    long intervals = intervalsSince(pulseNanos, rawNanos);
    long off = rawNanos - pulseNanos - intervals * intervalNanos;
    if (intervals > 0 && isClose(off, intervals)) {
      missed = intervals - 1;
      pulseNanos = rawNanos;
      agreeing.clear();
      return Verdict.ON_BEAT;
    }
    if (prove(edge, NEW_PROOF)) {
      movedNanos = off;
      return lock(rawNanos);
    }
    return intervals == 0 ? Verdict.DOUBLED : Verdict.OFF_BEAT;
  }

  /** How many pulses are missing before the last one that was on the beat. */
  long missed() {
    return missed;
  }

  /** The edges on which a new beat was found, the newest last: they kept it too. */
  List<Edge> proof() {
    return proof;
  }

  /** How far from the old beat the new one is. */
  long movedNanos() {
    return movedNanos;
  }

  private Verdict lock(long rawNanos) {
    locked = true;
    pulseNanos = rawNanos;
    proof = List.copyOf(agreeing);
    agreeing.clear();
    return Verdict.ON_NEW_BEAT;
  }

  private boolean prove(Edge edge, int proofs) {
    if (!agreeing.isEmpty()) {
      long candidateNanos = agreeing.getLast().rawNanos();
      long intervals = intervalsSince(candidateNanos, edge.rawNanos());
      long off = edge.rawNanos() - candidateNanos - intervals * intervalNanos;
      if (intervals == 0) {
        return false; // a glitch beside a candidate takes nothing from it
      }
      if (!isClose(off, intervals)) {
        agreeing.clear();
      }
    }
    agreeing.add(edge);
    return agreeing.size() >= proofs;
  }

  private long intervalsSince(long from, long to) {
    return Math.floorDiv(to - from + intervalNanos / 2, intervalNanos);
  }

  private boolean isClose(long off, long intervals) {
    return Math.abs(off) <= TOLERANCE_NANOS + intervals * intervalNanos / DRIFT_DIVISOR;
  }
}
