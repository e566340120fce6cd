package org.timeball.core.discipline;

import java.util.Arrays;

/**
 * A bank of Kalman filters over how fast the oscillator's frequency wanders. Belongs to one thread;
 * allocates nothing after it is made.
 *
 * <p>Each filter has two states, phase in seconds and frequency, and its own hypothesis {@code rho
 * = wander² / noise²}: everything is kept in units of the measurement noise's variance, which each
 * filter estimates from its own innovations. With the noise concentrated out, the evidence for a
 * filter is {@code -n/2 (log noise² + mean log S)}, so neither the wander nor the noise has to be
 * known. Old evidence is forgotten over a window, so a change of either is followed.
 *
 * <p>The state-space model is x' = x + y dt, y' = y + wander dB; see Brown and Hwang, "Introduction
 * to Random Signals", chapter on two-state clock models.
 */
public final class WanderBank {
  /**
   * Chosen: a filter's view of an innovation is cut at this many sigmas when it learns the noise.
   */
  private static final double NOISE_CLIP = 5;

  /** From this many measurements on an innovation is cut before it teaches the noise. */
  private static final int CLIP_AFTER = 20;

  /** Before that many measurements an innovation says more about the prior than about the noise. */
  private static final int LEARN_AFTER = 2;

  /** The smallest noise variance that can be learned, (0.3 ns)²: stamps have whole nanoseconds. */
  private static final double SMALLEST_NOISE_VARIANCE = 1e-19;

  /** Variance of the frequency before anything is known: (200 ppm)². */
  private static final double FREQUENCY_PRIOR = 4e-8;

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Wander that oscillators on small boards have most often; see {@link #PRIOR_DECADES}. */
  private static final double LIKELY_WANDER = 3e-10;

  /**
   * How sure of it we are, one standard deviation in decades. It matters for the first dozen
   * measurements only: without it a filter that expects a wild oscillator has its say and the first
   * frequencies are poor.
   */
  private static final double PRIOR_DECADES = 1;

  private static final double LOG_LIKELY_VARIANCE = 2 * Math.log(LIKELY_WANDER);
  private static final double HALF_DECADES_PER_NEPER = 0.5 / Math.log(10);

  private final int models;
  private final double window;
  private final double[] rho;
  private final double[] logRho;
  private final double[] delayWeight;
  private final double[] phase;
  private final double[] frequency;
  private final double[] p00;
  private final double[] p01;
  private final double[] p11;
  private final double[] noiseVariance;
  private final double[] meanLogInnovation;
  private final double[] weight;
  private final double expectedNoiseVariance;
  private long count;

  /**
   * Makes one filter for each pair of hypotheses.
   *
   * @param wanderToNoise wander² / noise², per second³
   * @param delayWeights how much more a measurement errs that was delayed: its variance is taken as
   *     {@code (1 + weight * excess²) / (1 + weight)} of the noise's; {0} where there is no delay
   * @param expectedNoise standard deviation of a measurement in seconds, to start with
   * @param window how many measurements of evidence are remembered
   */
  public WanderBank(
      double[] wanderToNoise, double[] delayWeights, double expectedNoise, double window) {
    this.models = wanderToNoise.length * delayWeights.length;
    this.window = window;
    this.rho = new double[models];
    this.logRho = new double[models];
    this.delayWeight = new double[models];
    for (int j = 0; j < models; j++) {
      rho[j] = wanderToNoise[j / delayWeights.length];
      logRho[j] = Math.log(rho[j]);
      delayWeight[j] = delayWeights[j % delayWeights.length];
    }
    this.phase = new double[models];
    this.frequency = new double[models];
    this.p00 = new double[models];
    this.p01 = new double[models];
    this.p11 = new double[models];
    this.noiseVariance = new double[models];
    this.meanLogInnovation = new double[models];
    this.weight = new double[models];
    this.expectedNoiseVariance = expectedNoise * expectedNoise;
  }

  /** How many measurements were used. */
  long count() {
    return count;
  }

  /** The first measurement: it fixes the phase and says nothing about the frequency. */
  public void start(double measuredPhase) {
    start(measuredPhase, Math.sqrt(expectedNoiseVariance));
  }

  /** {@link #start(double)} with another idea of the noise, in seconds; forgets everything. */
  void start(double measuredPhase, double noise) {
    double variance = Math.max(noise * noise, SMALLEST_NOISE_VARIANCE);
    Arrays.fill(noiseVariance, variance);
    Arrays.fill(meanLogInnovation, 0);
    Arrays.fill(weight, 1.0 / models);
    Arrays.fill(phase, measuredPhase);
    Arrays.fill(frequency, 0);
    Arrays.fill(p00, 1);
    Arrays.fill(p01, 0);
    Arrays.fill(p11, FREQUENCY_PRIOR / variance);
    count = 1;
  }

  /** Carries every filter {@code seconds} forward. */
  public void predict(double seconds) {
    predict(seconds, seconds);
  }

  /**
   * Carries every filter to another moment.
   *
   * @param seconds until then; less than none if it was before
   * @param wandering seconds of these in which the frequency wanders anew
   */
  void predict(double seconds, double wandering) {
    double square = seconds * seconds;
    double wanderingSquare = wandering * wandering;
    for (int j = 0; j < models; j++) {
      phase[j] += seconds * frequency[j];
      double q = rho[j] * wandering;
      p00[j] += 2 * seconds * p01[j] + square * p11[j] + q * wanderingSquare / 3;
      p01[j] += seconds * p11[j] + q * wandering / 2;
      p11[j] += q;
    }
  }

  private double noiseRatio(int j, double excessSquare, double pathRatio) {
    return pathRatio * (1 + delayWeight[j] * excessSquare) / (1 + delayWeight[j]);
  }

  /**
   * How far a phase lies from what the bank expects now, in standard deviations.
   *
   * @param excessSquare square of the measurement's delay above the least, in units of its mean
   */
  double surprise(double measuredPhase, double excessSquare, double pathRatio) {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      double innovation = measuredPhase - phase[j];
      double variance = (p00[j] + noiseRatio(j, excessSquare, pathRatio)) * noiseVariance[j];
      sum += weight[j] * innovation * innovation / variance;
    }
    return Math.sqrt(sum);
  }

  /** Logarithm of the probability density with which the bank expects this phase now. */
  double logDensity(double measuredPhase, double excessSquare, double pathRatio) {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      double innovation = measuredPhase - phase[j];
      double variance = (p00[j] + noiseRatio(j, excessSquare, pathRatio)) * noiseVariance[j];
      sum += weight[j] * Math.exp(-innovation * innovation / (2 * variance)) / Math.sqrt(variance);
    }
    return Math.log(sum + Double.MIN_NORMAL) - HALF_LOG_TWO_PI;
  }

  /** Takes a measurement of the phase at the moment to which the bank was carried. */
  public void update(double measuredPhase, double excessSquare, double pathRatio) {
    count++;
    double gain = Math.max(1 / window, 1.0 / count);
    for (int j = 0; j < models; j++) {
      double innovation = measuredPhase - phase[j];
      double s = p00[j] + noiseRatio(j, excessSquare, pathRatio);
      double k0 = p00[j] / s;
      double k1 = p01[j] / s;
      phase[j] += k0 * innovation;
      frequency[j] += k1 * innovation;
      p11[j] -= k1 * p01[j];
      p01[j] -= k0 * p01[j];
      p00[j] -= k0 * p00[j];
      if (count > LEARN_AFTER) {
        double seen = innovation * innovation / s;
        if (count > CLIP_AFTER) {
          seen = Math.min(seen, NOISE_CLIP * NOISE_CLIP * noiseVariance[j]);
        }
        noiseVariance[j] =
            Math.max(noiseVariance[j] + gain * (seen - noiseVariance[j]), SMALLEST_NOISE_VARIANCE);
        meanLogInnovation[j] += gain * (Math.log(s) - meanLogInnovation[j]);
      }
    }
    weigh();
  }

  private void weigh() {
    double evidence = Math.min((double) count, window) / 2;
    double best = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < models; j++) {
      double logNoise = Math.log(noiseVariance[j]);
      double decades = (logNoise + logRho[j] - LOG_LIKELY_VARIANCE) * HALF_DECADES_PER_NEPER;
      weight[j] =
          -evidence * (logNoise + meanLogInnovation[j])
              - decades * decades / (2 * PRIOR_DECADES * PRIOR_DECADES);
      best = Math.max(best, weight[j]);
    }
    double sum = 0;
    for (int j = 0; j < models; j++) {
      weight[j] = Math.exp(weight[j] - best);
      sum += weight[j];
    }
    for (int j = 0; j < models; j++) {
      weight[j] /= sum;
    }
  }

  /**
   * Puts the phase here with this variance, keeping every frequency.
   *
   * @param variance in seconds²
   */
  void reseedPhase(double newPhase, double variance) {
    for (int j = 0; j < models; j++) {
      phase[j] = newPhase;
      noiseVariance[j] = Math.max(noiseVariance[j], variance);
      p00[j] = 1;
      p01[j] = 0;
    }
  }

  /**
   * Whatever was carried over a long silence is as uncertain as a measurement after it shows.
   *
   * @param factor by which all variances are larger than they were thought to be, 1 or more
   */
  void doubt(double factor) {
    for (int j = 0; j < models; j++) {
      p00[j] *= factor;
      p01[j] *= factor;
      p11[j] *= factor;
    }
  }

  /** Moves every phase. */
  void shift(double seconds) {
    for (int j = 0; j < models; j++) {
      phase[j] += seconds;
    }
  }

  /** The phase in seconds, averaged over the filters by their evidence. */
  public double meanPhase() {
    return average(phase);
  }

  /** The frequency, averaged over the filters by their evidence. */
  public double meanFrequency() {
    return average(frequency);
  }

  /** Variance of the phase {@code seconds} from now, in seconds²; the filters' spread included. */
  double phaseVariance(double meanPhase, double meanFrequency, double seconds) {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      double t = Math.abs(seconds);
      double own = p00[j] + 2 * seconds * p01[j] + t * t * p11[j] + rho[j] * t * t * t / 3;
      double apart = phase[j] + seconds * frequency[j] - meanPhase - seconds * meanFrequency;
      sum += weight[j] * (own * noiseVariance[j] + apart * apart);
    }
    return sum;
  }

  /** Variance of the frequency; the filters' spread included. */
  double frequencyVariance(double meanFrequency) {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      double apart = frequency[j] - meanFrequency;
      sum += weight[j] * (p11[j] * noiseVariance[j] + apart * apart);
    }
    return sum;
  }

  /** Variance of a measurement that was delayed so much, seconds². */
  double noiseVariance(double excessSquare) {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      sum += weight[j] * noiseVariance[j] * noiseRatio(j, excessSquare, 1);
    }
    return sum;
  }

  /** Standard deviation of a measurement in seconds. */
  double noise() {
    return Math.sqrt(average(noiseVariance));
  }

  /** How fast the frequency walks, per square root of a second. */
  double wander() {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      sum += weight[j] * rho[j] * noiseVariance[j];
    }
    return Math.sqrt(sum);
  }

  private double average(double[] values) {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      sum += weight[j] * values[j];
    }
    return sum;
  }
}
