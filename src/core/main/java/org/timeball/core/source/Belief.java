package org.timeball.core.source;

import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.refclock.RefclockSample.Basis;

/**
 * What a source believes about true time.
 *
 * @param systematic seconds that averaging cannot take out
 * @param basis the kind of sample it rests on
 */
public record Belief(TimeEstimate estimate, double systematic, Basis basis) {
  /** Standard deviations in a bound: with Gaussian noise it fails once in 16 000 moments. */
  private static final double SIGMAS = 4;

  /**
   * Seconds ahead over which the growth of the bound is averaged to a rate: a quarter of an hour.
   */
  private static final double RATE_HORIZON = 900;

  /** The same belief carried to another moment. */
  public Belief at(long rawNanos) {
    return new Belief(estimate.at(rawNanos), systematic, basis);
  }

  /** Seconds by which the belief may be wrong at the moment it is for. */
  public double bound() {
    return SIGMAS * estimate.phaseSigma() + systematic;
  }

  /** Seconds a second by which the bound will grow if nothing more is heard. */
  public double boundRate() {
    long later = estimate.rawNanos() + (long) (RATE_HORIZON * 1e9);
    return (at(later).bound() - bound()) / RATE_HORIZON;
  }
}
