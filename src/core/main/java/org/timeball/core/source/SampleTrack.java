package org.timeball.core.source;

import java.util.Optional;
import org.timeball.core.discipline.PulseEstimator;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.discipline.UnseenWander;
import org.timeball.core.discipline.Verdict;
import org.timeball.core.refclock.RefclockSample;
import org.timeball.core.refclock.RefclockSample.Basis;

/** Samples of one basis, guarded and estimated from. */
final class SampleTrack {
  /** A jump is at least this many standard deviations of the estimate. */
  private static final double JUMP_SIGMAS = 10;

  /** Samples of a systematic error this different do not belong to one estimate. */
  private static final double SAME_SYSTEMATIC = 3;

  /** Measured over 20 seeds: covers the estimates of wander that were too small. */
  private static final double UNSEEN_WANDER = 40;

  /** Until then the estimate is too young to guard anything. */
  private static final int GUARDED_AFTER = 8;

  /** Seconds without a sample after which a source that gives one a second is coasting. */
  private static final double SHORTEST_PATIENCE = 5;

  /** Intervals that may pass without a sample; and over how many the interval is averaged. */
  private static final double OVERDUE = 4;

  private static final double INTERVALS = 8;

  private final Basis basis;
  private final double expectedNoise;
  private final double smallestJump;
  private final JumpGuard guard;
  private PulseEstimator estimator;
  private double systematic;
  private long usedSinceRestart;
  private long proof;
  private long used;
  private long held;
  private long outliers;
  private boolean heard;
  private double meanInterval;
  private long lastUsedRaw;

  SampleTrack(Basis basis, double expectedNoise, double smallestJump, JumpGuard guard) {
    this.basis = basis;
    this.expectedNoise = expectedNoise;
    this.smallestJump = smallestJump;
    this.guard = guard;
    this.estimator = new PulseEstimator(expectedNoise);
  }

  /** What became of a sample. */
  enum Outcome {
    USED,
    OUTLIER,
    HELD,
    /** It completed a jump that is now followed. */
    FOLLOWED
  }

  Outcome take(RefclockSample sample) {
    if (isOtherSystematic(sample.systematic())) {
      restart();
    }
    systematic = sample.systematic();
    boolean followed = false;
    if (estimator.isReady() && usedSinceRestart >= GUARDED_AFTER) {
      TimeEstimate expected = estimator.at(sample.rawNanos());
      long residual = sample.unixNanos() - expected.unixNanos();
      double tolerance = Math.max(smallestJump, JUMP_SIGMAS * expected.phaseSigma());
      switch (guard.judge(sample.rawNanos(), residual * 1e-9, tolerance)) {
        case PLAUSIBLE -> {}
        case HELD -> {
          held++;
          return Outcome.HELD;
        }
        case CONFIRMED -> {
          estimator.shift(residual);
          followed = true;
        }
      }
    }
    if (estimator.update(sample.rawNanos(), sample.unixNanos()) == Verdict.OUTLIER) {
      outliers++;
      return Outcome.OUTLIER;
    }
    if (heard) {
      double interval = (sample.rawNanos() - lastUsedRaw) * 1e-9;
      meanInterval += (interval - meanInterval) / INTERVALS;
    }
    used++;
    usedSinceRestart++;
    proof++;
    heard = true;
    lastUsedRaw = sample.rawNanos();
    return followed ? Outcome.FOLLOWED : Outcome.USED;
  }

  /** A label's lateness that was only assumed and is now known makes other samples of it. */
  private boolean isOtherSystematic(double other) {
    return used > 0
        && Math.abs(other - systematic) > 0.1
        && (other > SAME_SYSTEMATIC * systematic || systematic > SAME_SYSTEMATIC * other);
  }

  /** Everything anew. */
  void restart() {
    estimator = new PulseEstimator(expectedNoise);
    guard.reset();
    usedSinceRestart = 0;
    proof = 0;
  }

  /** The phase anew, the frequency as learned. */
  void forgetPhase() {
    if (estimator.isReady()) {
      estimator.forgetPhase();
    } else {
      estimator = new PulseEstimator(expectedNoise);
    }
    guard.reset();
    usedSinceRestart = 0;
    proof = 0;
  }

  void shift(long nanos) {
    estimator.shift(nanos);
  }

  Optional<Belief> belief(long rawNanos) {
    return estimator.isReady()
        ? Optional.of(new Belief(estimator.latest(), rawNanos, systematic, unseen(), basis))
        : Optional.empty();
  }

  /**
   * How fast an oscillator wanders shows slowly: after 1200 samples a quarter of the truth is seen
   * as an estimate, after a day it is known well.
   */
  private UnseenWander unseen() {
    double factor = 1 + UNSEEN_WANDER / Math.sqrt((double) estimator.count());
    return UnseenWander.of(factor, estimator.latest());
  }

  /** Whether the next sample is not long overdue, given how often they come. */
  boolean isFresh(long nowRaw) {
    double patience = Math.max(SHORTEST_PATIENCE, OVERDUE * meanInterval);
    return heard && nowRaw - lastUsedRaw < patience * 1e9;
  }

  /** Samples used since proof was last demanded. */
  long proof() {
    return proof;
  }

  /** Proof begins anew; what is believed stays, and guards what comes. */
  void demandProof() {
    proof = 0;
  }

  Basis basis() {
    return basis;
  }

  JumpGuard guard() {
    return guard;
  }

  long used() {
    return used;
  }

  long held() {
    return held;
  }

  long outliers() {
    return outliers;
  }

  double noise() {
    return estimator.noise();
  }
}
