package org.timeball.core.refclock;

import java.util.Optional;
import org.timeball.core.Event;

/**
 * Tells, when all pulses have moved, whether the labels moved with them. If sentences still arrive
 * where the clock expects them, it is the pulses that are wrong, as when a line is stamped on the
 * other edge; if they moved too, it is the clock.
 */
final class PulseWitness {
  /** Labels that must testify. */
  private static final int TESTIMONIES = 5;

  /** A clock known to so many seconds can say when a sentence arrived. */
  private static final double CLOCK_BOUND = 5e-3;

  /** Labels before the move from which it is known where sentences arrive. */
  private static final int KNOWN_AFTER = 8;

  /** Seconds: pulses that have moved back this near are where they were. */
  private static final double BACK = 5e-3;

  /** A move smaller than so many spreads of the sentences is beyond what they can tell. */
  private static final double SPREADS = 3;

  private double movedBy;
  private int against;
  private int with;

  void pulsesMoved(double seconds) {
    movedBy += seconds;
    movedBy -= Math.rint(movedBy);
    against = 0;
    with = 0;
    if (Math.abs(movedBy) < BACK) {
      movedBy = 0;
    }
  }

  void hear(Event.Label label, KindLateness kind, Optional<Reckoning> reckoning) {
    if (reckoning.isEmpty() || reckoning.get().bound() > CLOCK_BOUND) {
      return;
    }
    long start = label.startRawNanos();
    double lateness = (reckoning.get().unixNanosAt(start) - label.utc().unixNanos()) * 1e-9;
    LatenessStatistics byClock = kind.byClock();
    if (movedBy != 0 && byClock.count() >= KNOWN_AFTER) {
      double away = lateness - byClock.mean();
      away -= Math.rint(away);
      boolean canTell = Math.abs(movedBy) > SPREADS * byClock.spread();
      if (canTell && Math.abs(away) < Math.abs(movedBy) / 2) {
        against++;
      } else {
        with++;
      }
    }
    byClock.add(lateness);
  }

  /** Whether sentences have shown that the pulses moved by themselves. */
  boolean isAgainstPulses() {
    return against >= TESTIMONIES && against > 3 * with;
  }

  /** Seconds that pulses come later than they did at first. */
  double movedBy() {
    return movedBy;
  }
}
