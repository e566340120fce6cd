package org.timeball.core.source;

import org.timeball.core.ClockReading;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.discipline.UnseenWander;
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
 * @param unseen how much faster than the origin says the oscillator may wander
 * @param basis the kind of sample it rests on
 */
public record Belief(
    TimeEstimate origin, long rawNanos, double systematic, UnseenWander unseen, Basis basis) {
  /** Standard deviations in a bound: with Gaussian noise it fails once in 16 000 moments. */
  private static final double SIGMAS = 4;

  /** Seconds ahead over which the growth of the bound is averaged: a quarter of an hour. */
  private static final double RATE_HORIZON = 900;

  /** A belief whose origin says all there is to say of the oscillator. */
  static Belief of(TimeEstimate origin, long rawNanos, double systematic, Basis basis) {
    return new Belief(origin, rawNanos, systematic, UnseenWander.NONE, basis);
  }

  /** The same belief carried to another moment. */
  public Belief at(long otherRawNanos) {
    return new Belief(origin, otherRawNanos, systematic, unseen, basis);
  }

  /** The same belief with another view of what the oscillator may do. */
  public Belief with(UnseenWander other) {
    return new Belief(origin, rawNanos, systematic, other, basis);
  }

  /** What is believed at the moment. */
  public TimeEstimate estimate() {
    return origin.at(rawNanos);
  }

  /** True time at the moment, as believed. */
  public long unixNanos() {
    return estimate().unixNanos();
  }

  /** True time minus a clock, in seconds. */
  public double offset(ClockReading clock) {
    return (at(clock.rawNanos()).unixNanos() - clock.unixNanos()) * 1e-9;
  }

  /** Seconds by which the belief may be wrong at the moment. */
  public double bound() {
    double sigma = estimate().phaseSigma();
    double seconds = (rawNanos - origin.rawNanos()) * 1e-9;
    return SIGMAS * Math.sqrt(sigma * sigma + unseen.phaseVariance(seconds)) + systematic;
  }

  /** Seconds a second by which the bound will grow if nothing more is heard. */
  public double boundRate() {
    return (at(rawNanos + (long) (RATE_HORIZON * 1e9)).bound() - bound()) / RATE_HORIZON;
  }
}
