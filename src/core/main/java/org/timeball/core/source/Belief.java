package org.timeball.core.source;

import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.refclock.RefclockSample.Basis;

/**
 * What a source believes about true time at a moment.
 *
 * <p>It is always carried from its origin, never from an earlier carrying: an error of frequency
 * adds up over the whole way, and would seem to average out if the way were taken in small steps.
 *
 * @param origin as of the last sample
 * @param rawNanos the moment it is for
 * @param systematic seconds that averaging cannot take out
 * @param caution factor, at least 1, by which the oscillator may wander faster than has been seen
 * @param basis the kind of sample it rests on
 */
public record Belief(
    TimeEstimate origin, long rawNanos, double systematic, double caution, Basis basis) {
  /** Standard deviations in a bound: with Gaussian noise it fails once in 16 000 moments. */
  private static final double SIGMAS = 4;

  /** Seconds ahead over which the growth of the bound is averaged: a quarter of an hour. */
  private static final double RATE_HORIZON = 900;

  /** The same belief carried to another moment. */
  public Belief at(long otherRawNanos) {
    return new Belief(origin, otherRawNanos, systematic, caution, basis);
  }

  /** What is believed at the moment. */
  public TimeEstimate estimate() {
    return origin.at(rawNanos);
  }

  /** True time at the moment, as believed. */
  public long unixNanos() {
    return estimate().unixNanos();
  }

  /** Seconds by which the belief may be wrong at the moment. */
  public double bound() {
    double sigma = estimate().phaseSigma();
    double seconds = (rawNanos - origin.rawNanos()) * 1e-9;
    double wander = origin.wander();
    double unseen =
        (caution * caution - 1) * wander * wander * seconds * seconds * Math.abs(seconds) / 3;
    return SIGMAS * Math.sqrt(sigma * sigma + unseen) + systematic;
  }

  /** Seconds a second by which the bound will grow if nothing more is heard. */
  public double boundRate() {
    return (at(rawNanos + (long) (RATE_HORIZON * 1e9)).bound() - bound()) / RATE_HORIZON;
  }
}
