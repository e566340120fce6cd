package org.timeball.core.discipline;

import java.util.ArrayDeque;
import java.util.Deque;
import org.timeball.core.ClockReading;

/**
 * From a belief about true time to a correction of the clock. Belongs to one thread.
 *
 * <p>The estimate is made on the raw scale, so it already knows everything and there is no loop to
 * keep stable: the clock is told the estimated frequency, and the phase that is still missing is
 * spread over a <em>slew length</em>. A short slew copies every change of mind of the estimator
 * into the clock's frequency; a long one leaves the phase behind. The natural measure is the time
 * over which the estimator itself averages, which for white measurement noise and random-walk
 * frequency is the ratio of its two uncertainties. A fifth of that costs about 2 % of phase error
 * and keeps the frequency smooth (docs/discipline.md has the trade-off in figures). An offset far
 * beyond the estimator's uncertainty is no change of mind but a fact, and is taken out sooner.
 */
public final class Steering {
  /** Chosen from the trade-off in docs/discipline.md. */
  private static final double SLEW_FRACTION = 0.2;

  /**
   * And so much of the time between corrections: where they are rare, the error between them is
   * larger than what a slew adds.
   */
  private static final double INTERVAL_FRACTION = 0.3;

  /** Chosen; faster than this no measurement could ask for a change of mind. */
  private static final double SHORTEST_SLEW_SECONDS = 1.5;

  /** Chosen; about half an hour. Nothing depends on the exact value. */
  private static final double LONGEST_SLEW_SECONDS = 2000;

  /**
   * An offset is no change of mind but a fact, as after an outage, if it is so many standard
   * deviations of the estimate and so many times as large as the offsets of late.
   */
  private static final double SURE = 3;

  private static final double UNUSUAL = 4;

  /** Corrections over which the usual offset is learned. */
  private static final int USUAL_WINDOW = 32;

  /** The clock has been right once the offset and this many sigmas fit the initial threshold. */
  private static final double SIGMAS = 3;

  private final SteeringPolicy policy;
  private final Deque<Long> stepsRaw = new ArrayDeque<>();
  private boolean acquired;
  private boolean stepWithheld;
  private long lastRawNanos;
  private double interval;
  private double previousInterval;
  private double usualSquare;
  private int usualCount;

  public Steering(SteeringPolicy policy) {
    this.policy = policy;
  }

  /** Whether the clock has been right since the start: later thresholds hold from then on. */
  public boolean hasAcquired() {
    return acquired;
  }

  /**
   * Decides once for a moment.
   *
   * @param now both scales, read for this turn
   * @param truth the belief about true time; carried to {@code now} here
   */
  public Correction correct(ClockReading now, TimeEstimate truth) {
    TimeEstimate here = truth.at(now.rawNanos());
    previousInterval = interval;
    interval = (now.rawNanos() - lastRawNanos) * 1e-9;
    lastRawNanos = now.rawNanos();
    long offsetNanos = here.unixNanos() - now.unixNanos();
    double offset = offsetNanos * 1e-9;
    if (!acquired && Math.abs(offset) + SIGMAS * here.phaseSigma() < acquisitionBound()) {
      acquired = true;
    }
    stepWithheld = false;
    if (Math.abs(offset) > policy.refuseThreshold()
        || (acquired && Math.abs(offset) > policy.panicThreshold())) {
      return new Correction.Panic(offsetNanos);
    }
    double stepThreshold = acquired ? policy.stepThreshold() : policy.initialStepThreshold();
    if (Math.abs(offset) > stepThreshold) {
      if (mayStep(now.rawNanos())) {
        stepsRaw.add(now.rawNanos());
        return new Correction.Step(offsetNanos, here.frequency());
      }
      stepWithheld = true;
    }
    if (offsetNanos == 0) {
      return new Correction.Keep(here.frequency());
    }
    return slew(now, here, truth, offset);
  }

  private boolean mayStep(long nowRaw) {
    SteeringPolicy.StepLimit limit = policy.stepLimit();
    while (!stepsRaw.isEmpty() && (nowRaw - stepsRaw.getFirst()) * 1e-9 >= limit.withinSeconds()) {
      stepsRaw.remove();
    }
    return stepsRaw.size() < limit.times();
  }

  /** Whether the last offset was slewed for the one reason that no more steps are allowed now. */
  public boolean isStepWithheld() {
    return stepWithheld;
  }

  private Correction slew(
      ClockReading now, TimeEstimate here, TimeEstimate measured, double offset) {
    double limit = acquired ? policy.maximumSlewRate() : policy.initialSlewRate();
    double length = slewLength(measured, Math.abs(offset));
    double rate = offset / length;
    if (Math.abs(rate) > limit) {
      rate = Math.copySign(limit, offset);
      length = offset / rate;
    }
    double frequency = (1 + here.frequency()) * (1 + rate) - 1;
    long until = now.rawNanos() + (long) (length * 1e9);
    return new Correction.Slew(frequency, until, here.frequency());
  }

  /** Seconds over which an offset is taken out; the surer it is, the fewer. */
  private double slewLength(TimeEstimate estimate, double offset) {
    double averaging = estimate.phaseSigma() / estimate.frequencySigma();
    // The shorter of two: after an outage nothing is to be waited for.
    double between = Math.min(interval, previousInterval);
    double doubted = Math.max(SURE * estimate.phaseSigma(), UNUSUAL * Math.sqrt(usualSquare));
    double doubt = Math.min(1, doubted / offset);
    double length =
        (SLEW_FRACTION * averaging + INTERVAL_FRACTION * between) * doubt * doubt * doubt;
    if (acquired) {
      learnUsual(offset);
    }
    if (!acquired || !(length > SHORTEST_SLEW_SECONDS)) {
      return SHORTEST_SLEW_SECONDS;
    }
    return Math.min(length, LONGEST_SLEW_SECONDS);
  }

  /** One that is unusual teaches little. */
  private void learnUsual(double offset) {
    usualCount = Math.min(usualCount + 1, USUAL_WINDOW);
    double square = offset * offset;
    if (usualCount > 1) {
      square = Math.min(square, UNUSUAL * UNUSUAL * usualSquare);
    }
    usualSquare += (square - usualSquare) / usualCount;
  }

  /** A slew-only clock has no initial threshold, yet it must become right some day. */
  private double acquisitionBound() {
    return Math.min(policy.initialStepThreshold(), 1.0);
  }
}
