package org.timeball.core.discipline;

import java.util.Arrays;

/**
 * A bank of filters that know that a packet can be late but never early. Belongs to one thread;
 * allocates nothing after it is made.
 *
 * <p>An exchange has two legs, and a queue on either only ever adds to it. With the least delay
 * known, an exchange whose delay is {@code excess} above it says that the phase lies within ±
 * excess/2 of the measured one, and where in that interval depends on which leg is the noisy one.
 * Each filter keeps a normal belief about phase and frequency under its own hypothesis of the
 * oscillator's wander and of the law of the delays, multiplies it by that one-sided likelihood and
 * goes back to the normal distribution with the same mean and variance (assumed density filtering).
 * A leg's delay is a short exponential or, with the probability of the hypothesis, a long one; the
 * product of two legs and a normal belief is then a sum of four normal pieces cut to an interval,
 * which has a closed form.
 *
 * <p>The legs' scales are learned from low quantiles of what was seen of each, so one clean leg is
 * enough.
 */
final class LegBank {
  /** Chosen: half-decades of wander per square root of a second, from 3e-12 to 3e-7. */
  private static final int WANDERS = 11;

  private static final double SMALLEST_WANDER_EXPONENT = -11.5;

  /**
   * What the delays may be like: how often a leg is congested; by how much of the median excess the
   * true least delay lies below the least that was seen; and how much flatter than an exponential
   * of the learned scale the delays are spread.
   */
  private static final double[][] LAWS = {
    {0.03, 0, 1}, {0.25, 0, 1}, {0.25, 0.06, 1}, {0.03, 0.04, 3}
  };

  /** Oscillators wander by 3e-10 a square root of a second, give or take a decade. */
  private static final double LIKELY_WANDER_EXPONENT = -9.5;

  /** Chosen: the edge of the interval is this soft, as part of a leg's scale. */
  private static final double EDGE = 0.03;

  /** Seconds; no stamp is better than that. */
  private static final double SMALLEST_EDGE = 5e-9;

  /** How often an exchange follows no law at all. */
  private static final double LAWLESS = 1e-3;

  /** Measurements of one path over which evidence is forgotten, and its cap in nepers. */
  private static final double WINDOW = 150;

  private static final double EVIDENCE_CAP = 10;

  private static final double WEIGHT_AT_CAP = Math.exp(-EVIDENCE_CAP);

  /** A filter with less to say than this, so many variances from the others, is lost. */
  private static final double NEGLIGIBLE = 1e-2;

  private static final double LOST = 9;

  private final int models = WANDERS * LAWS.length;
  private final double[] q = new double[models];
  private final double[] phase = new double[models];
  private final double[] frequency = new double[models];
  private final double[] p00 = new double[models];
  private final double[] p01 = new double[models];
  private final double[] p11 = new double[models];
  private final double[] evidence = new double[models];
  private final double[] weight = new double[models];
  private final double[] density = new double[models];
  private final double[] newPhase = new double[models];
  private final double[] newVariance = new double[models];
  private final TruncatedNormal piece = new TruncatedNormal();
  private boolean running;

  LegBank() {
    for (int j = 0; j < models; j++) {
      int step = j / LAWS.length;
      double wander = Math.pow(10, SMALLEST_WANDER_EXPONENT + step * 0.5);
      q[j] = wander * wander;
    }
  }

  boolean isRunning() {
    return running;
  }

  /** Takes over a belief, made less certain by the caller. */
  void start(double startPhase, double startFrequency, double v00, double v01, double v11) {
    Arrays.fill(phase, startPhase);
    Arrays.fill(frequency, startFrequency);
    Arrays.fill(p00, v00);
    Arrays.fill(p01, v01);
    Arrays.fill(p11, v11);
    double sum = 0;
    for (int j = 0; j < models; j++) {
      double decades = Math.log10(q[j]) / 2 - LIKELY_WANDER_EXPONENT;
      evidence[j] = -0.5 * decades * decades;
      weight[j] = Math.exp(evidence[j]);
      sum += weight[j];
    }
    for (int j = 0; j < models; j++) {
      weight[j] /= sum;
    }
    running = true;
  }

  /** Stops believing anything. */
  void stop() {
    running = false;
  }

  /** Carries every filter to another moment; see {@link WanderBank#predict(double, double)}. */
  void predict(double seconds, double wandering) {
    double square = seconds * seconds;
    double wanderingSquare = wandering * wandering;
    for (int j = 0; j < models; j++) {
      double added = q[j] * wandering;
      phase[j] += seconds * frequency[j];
      p00[j] += 2 * seconds * p01[j] + square * p11[j] + added * wanderingSquare / 3;
      p01[j] += seconds * p11[j] + added * wandering / 2;
      p11[j] += added;
    }
  }

  /**
   * Looks at an exchange without believing it yet.
   *
   * @return logarithm of the density with which the bank expected its phase, given the delay
   */
  double look(PathExchange exchange) {
    double outbound = exchange.outboundScale();
    double inbound = exchange.inboundScale();
    double soft = Math.max(EDGE * 0.5 * (outbound + inbound), SMALLEST_EDGE);
    double edge = exchange.doubt() == 0 ? soft : Math.sqrt(soft * soft + exchange.doubt());
    double sum = 0;
    for (int j = 0; j < models; j++) {
      double[] law = LAWS[j % LAWS.length];
      double width = Math.max(exchange.excess() + law[1] * exchange.medianExcess(), edge);
      lookWith(j, exchange, width, edge, law[2] * outbound, law[2] * inbound);
      sum += weight[j] * density[j];
    }
    return Math.log(sum + Double.MIN_NORMAL);
  }

  private void lookWith(
      int j, PathExchange exchange, double width, double edge, double outbound, double inbound) {
    double measured = exchange.phase();
    double longScale = exchange.longScale();
    double congested = LAWS[j % LAWS.length][0];
    double variance = p00[j] + edge * edge;
    double sigma = Math.sqrt(variance);
    // The outbound leg's excess if the phase is as believed; it lies between 0 and the width.
    double expected = measured + width / 2 - phase[j];
    double total = 0;
    double first = 0;
    double second = 0;
    double delayDensity = 0;
    for (int k = 0; k < 4; k++) {
      double out = (k & 1) == 0 ? outbound : longScale;
      double in = (k & 2) == 0 ? inbound : longScale;
      double share =
          ((k & 1) == 0 ? 1 - congested : congested) * ((k & 2) == 0 ? 1 - congested : congested);
      double tilt = 1 / out - 1 / in;
      double centre = expected - tilt * variance;
      piece.cut(centre, sigma, 0, width);
      double log = piece.logMass - tilt * expected + 0.5 * tilt * tilt * variance - width / in;
      double mass = share / (out * in) * Math.exp(log);
      total += mass;
      first += mass * piece.mean;
      second += mass * (piece.variance + piece.mean * piece.mean);
      delayDensity += share * delayDensity(out, in, width);
    }
    double lawful = (1 - LAWLESS) / delayDensity;
    double spread = variance + (width / 2 + longScale) * (width / 2 + longScale);
    double off = measured - phase[j];
    double lawless =
        LAWLESS * Math.exp(-off * off / (2 * spread)) / Math.sqrt(2 * Math.PI * spread);
    density[j] = total * lawful + lawless;
    double believed = total * lawful / density[j];
    double mean = expected;
    double kept = variance;
    if (total > 0 && believed > 0) {
      double lawfulMean = first / total;
      double lawfulVariance = Math.max(second / total - lawfulMean * lawfulMean, 0);
      mean = expected + believed * (lawfulMean - expected);
      kept =
          believed * (lawfulVariance + (lawfulMean - mean) * (lawfulMean - mean))
              + (1 - believed) * (variance + (expected - mean) * (expected - mean));
    }
    newPhase[j] = mean;
    newVariance[j] = kept;
    if (exchange.evenShare() > 0) {
      mixEven(j, exchange, width / 2 + measured - exchange.middlePhase(), expected, variance);
    }
    // Back from the soft-edged phase to the phase itself.
    double gain = p00[j] / variance;
    newPhase[j] = phase[j] - gain * (newPhase[j] - expected);
    newVariance[j] = p00[j] * (1 - gain) + gain * gain * newVariance[j];
  }

  /**
   * Believes so far as it is likely that this is a path on which nobody can tell which leg was
   * late: a measurement of the outbound leg's excess like any other.
   */
  private void mixEven(
      int j, PathExchange exchange, double middle, double expected, double variance) {
    double all = variance + exchange.evenVariance();
    double apart = middle - expected;
    double even =
        exchange.evenShare() * Math.exp(-apart * apart / (2 * all)) / Math.sqrt(2 * Math.PI * all);
    density[j] = even + (1 - exchange.evenShare()) * density[j];
    double share = density[j] > 0 ? even / density[j] : 0;
    double evenMean = expected + variance / all * apart;
    double evenKept = variance * exchange.evenVariance() / all;
    double mean = newPhase[j] + share * (evenMean - newPhase[j]);
    newVariance[j] =
        share * (evenKept + (evenMean - mean) * (evenMean - mean))
            + (1 - share) * (newVariance[j] + (newPhase[j] - mean) * (newPhase[j] - mean));
    newPhase[j] = mean;
  }

  /** Density of the sum of two exponential delays. */
  private static double delayDensity(double out, double in, double excess) {
    if (Math.abs(out - in) < 1e-6 * (out + in)) {
      return excess / (out * in) * Math.exp(-excess / out);
    }
    return (Math.exp(-excess / out) - Math.exp(-excess / in)) / (out - in);
  }

  /**
   * Believes the exchange that was looked at last.
   *
   * @param share the part of all exchanges that come by the same path: so much older is the
   *     evidence that is remembered
   */
  void take(double share) {
    for (int j = 0; j < models; j++) {
      double gain = p01[j] / p00[j];
      double ratio = newVariance[j] / p00[j];
      frequency[j] += gain * (newPhase[j] - phase[j]);
      phase[j] = newPhase[j];
      p11[j] -= gain * p01[j] * (1 - ratio);
      p01[j] *= ratio;
      p00[j] = newVariance[j];
    }
    weigh(share);
  }

  private void weigh(double share) {
    double best = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < models; j++) {
      evidence[j] += Math.log(density[j] + Double.MIN_NORMAL);
      best = Math.max(best, evidence[j]);
    }
    double sum = 0;
    for (int j = 0; j < models; j++) {
      evidence[j] = Math.max((evidence[j] - best) * (1 - share / WINDOW), -EVIDENCE_CAP);
      // A filter at the cap has nothing to say at all.
      weight[j] = Math.exp(evidence[j]) - WEIGHT_AT_CAP;
      sum += weight[j];
    }
    for (int j = 0; j < models; j++) {
      weight[j] /= sum;
    }
    recall();
  }

  /**
   * Filters that were wrong for long have lost the way and would never be right again, even if
   * their hypothesis became so: they start anew from what the others believe.
   */
  private void recall() {
    double meanPhase = meanPhase();
    double meanFrequency = meanFrequency();
    double phaseVariance = phaseVariance(meanPhase, meanFrequency, 0);
    double frequencyVariance = frequencyVariance(meanFrequency);
    double covariance = average(p01);
    for (int j = 0; j < models; j++) {
      double apart = phase[j] - meanPhase;
      if (weight[j] < NEGLIGIBLE && apart * apart > LOST * (p00[j] + phaseVariance)) {
        phase[j] = meanPhase;
        frequency[j] = meanFrequency;
        p00[j] = phaseVariance;
        p01[j] = covariance;
        p11[j] = frequencyVariance;
      }
    }
  }

  /** Puts the phase here with this variance, keeping every frequency. */
  void reseedPhase(double newPhaseOfAll, double variance) {
    Arrays.fill(phase, newPhaseOfAll);
    Arrays.fill(p00, variance);
    Arrays.fill(p01, 0);
  }

  /** All variances are larger than they were thought to be, by a factor of 1 or more. */
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

  double meanPhase() {
    return average(phase);
  }

  double meanFrequency() {
    return average(frequency);
  }

  /** Variance of the phase {@code seconds} from now; the filters' spread included. */
  double phaseVariance(double meanPhase, double meanFrequency, double seconds) {
    double sum = 0;
    double t = Math.abs(seconds);
    for (int j = 0; j < models; j++) {
      double own = p00[j] + 2 * seconds * p01[j] + t * t * p11[j] + q[j] * t * t * t / 3;
      double apart = phase[j] + seconds * frequency[j] - meanPhase - seconds * meanFrequency;
      sum += weight[j] * (own + apart * apart);
    }
    return sum;
  }

  /** Variance of the frequency; the filters' spread included. */
  double frequencyVariance(double meanFrequency) {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      double apart = frequency[j] - meanFrequency;
      sum += weight[j] * (p11[j] + apart * apart);
    }
    return sum;
  }

  /** Mean square of the wander. */
  double wanderVariance() {
    return average(q);
  }

  private double average(double[] values) {
    double sum = 0;
    for (int j = 0; j < models; j++) {
      sum += weight[j] * values[j];
    }
    return sum;
  }
}
