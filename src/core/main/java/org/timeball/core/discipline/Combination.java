package org.timeball.core.discipline;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One belief made of several that were found to be right (RFC 5905, section 11.2.3).
 *
 * <p>Differs from the text in two ways. Sources are weighted by their own uncertainty together with
 * an unknown constant bias each, which a path that is not symmetrical causes, instead of by root
 * distance, which says nothing about noise. And a source is left out if its <em>frequency</em> is
 * not that of the others, or its time is farther from theirs than noise and an uneven path explain:
 * paths do not change frequencies, so a source that drifts shows there long before its root
 * distance gives it away.
 */
public final class Combination {
  /** Standard deviations of its own by which a source may differ from the middle one. */
  private static final double SIGMAS = 5;

  /** Chosen; frequencies closer than this cannot harm in an hour. */
  private static final double SMALLEST_DRIFT = 1e-8;

  /** With fewer there is no majority that could tell who is wrong. */
  private static final int JUDGED_FROM = 3;

  /**
   * A belief of one source.
   *
   * @param estimate for the same moment as all others
   * @param bias standard deviation of its constant error in seconds
   */
  public record Part(TimeEstimate estimate, double bias) {
    double variance() {
      return estimate.phaseSigma() * estimate.phaseSigma() + bias * bias;
    }

    /** Seconds by which it says that time is later than {@code unixNanos}. */
    private double phaseAfter(long unixNanos) {
      return (estimate.unixNanos() - unixNanos) * 1e-9;
    }

    /** How far it is from a phase and a frequency, in its own standard deviations. */
    private double sigmasFrom(long reference, double phase, double frequency) {
      double inPhase = Math.abs(phaseAfter(reference) - phase) / Math.sqrt(variance());
      double inFrequency =
          Math.abs(estimate.frequency() - frequency)
              / (estimate.frequencySigma() + SMALLEST_DRIFT / SIGMAS);
      return Math.max(inPhase, inFrequency);
    }
  }

  private Combination() {}

  /** Whether two estimates may be of the same frequency, given how well each knows it. */
  public static boolean isSameRate(TimeEstimate one, TimeEstimate other) {
    double sigmas = one.frequencySigma() + other.frequencySigma();
    return Math.abs(one.frequency() - other.frequency()) <= SIGMAS * sigmas + SMALLEST_DRIFT;
  }

  /**
   * The parts that agree with the middle one in frequency and in phase, or else the smallest
   * majority that comes closest to that; all of them if there are fewer than three.
   *
   * @param parts at least one, all for the same moment
   */
  public static List<Part> agreeing(List<Part> parts) {
    if (parts.size() < JUDGED_FROM) {
      return parts;
    }
    double frequency = median(parts, p -> p.estimate().frequency());
    long reference = parts.getFirst().estimate().unixNanos();
    double phase = median(parts, p -> p.phaseAfter(reference));
    ToDoubleFunction<Part> apart = p -> p.sigmasFrom(reference, phase, frequency);
    double majority = parts.stream().mapToDouble(apart).sorted().toArray()[parts.size() / 2];
    double allowed = Math.max(SIGMAS, majority);
    return parts.stream().filter(p -> apart.applyAsDouble(p) <= allowed).toList();
  }

  private static double median(List<Part> parts, ToDoubleFunction<Part> figure) {
    double[] values = parts.stream().mapToDouble(figure).sorted().toArray();
    int n = values.length;
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
  }

  /**
   * The weighted mean of all parts.
   *
   * @param parts at least one, all for the same moment
   */
  public static TimeEstimate of(List<Part> parts) {
    TimeEstimate first = parts.getFirst().estimate();
    double weights = 0;
    double phase = 0;
    double noise = 0;
    double frequencyWeights = 0;
    double frequency = 0;
    double wander = 0;
    for (Part part : parts) {
      TimeEstimate e = part.estimate();
      double weight = 1 / part.variance();
      weights += weight;
      // Relative to the first: near the present a double of Unix time is too coarse.
      phase += weight * (e.unixNanos() - first.unixNanos());
      noise += weight * weight * e.phaseSigma() * e.phaseSigma();
      double frequencyWeight = 1 / (e.frequencySigma() * e.frequencySigma());
      frequencyWeights += frequencyWeight;
      frequency += frequencyWeight * e.frequency();
      wander += e.wander() / parts.size();
    }
    return new TimeEstimate(
        first.rawNanos(),
        first.unixNanos() + Math.round(phase / weights),
        frequency / frequencyWeights,
        Math.sqrt(noise) / weights,
        Math.sqrt(1 / frequencyWeights),
        wander);
  }
}
