package org.timeball.core.discipline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One belief made of several that were found to be right (RFC 5905, section 11.2.3).
 *
 * <p>Differs from the text in two ways. Sources are weighted by their own uncertainty together with
 * an unknown constant bias each, which a path that is not symmetrical causes, instead of by root
 * distance, which says nothing about noise. And a source is left out if its <em>frequency</em> is
 * not that of the others: paths do not change frequencies, so a source that drifts shows there long
 * before its phase gives it away.
 */
public final class Combination {
  /** Standard deviations of its own frequency by which a source may differ from the middle one. */
  private static final double DRIFT_SIGMAS = 5;

  /** Chosen; frequencies closer than this cannot harm in an hour. */
  private static final double SMALLEST_DRIFT = 1e-8;

  /** With fewer there is no majority that could tell who drifts. */
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
  }

  private Combination() {}

  /**
   * The parts that do not drift against the others; all of them if there are fewer than three.
   *
   * @param parts at least one
   */
  public static List<Part> steady(List<Part> parts) {
    if (parts.size() < JUDGED_FROM) {
      return parts;
    }
    double middle = median(parts, p -> p.estimate().frequency());
    List<Part> steady = new ArrayList<>();
    for (Part part : parts) {
      double apart = Math.abs(part.estimate().frequency() - middle);
      if (apart <= DRIFT_SIGMAS * part.estimate().frequencySigma() + SMALLEST_DRIFT) {
        steady.add(part);
      }
    }
    return 2 * steady.size() > parts.size() ? steady : parts;
  }

  private static double median(List<Part> parts, ToDoubleFunction<Part> figure) {
    double[] values = parts.stream().mapToDouble(figure).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
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
