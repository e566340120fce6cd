package org.timeball.core.discipline;

import java.util.List;

/**
 * How much faster than an estimate says the oscillator may wander: what its short past did not
 * show, such as a room that is heated every two hours.
 *
 * @param atOnce (wander per square root of a second)², over any time
 * @param bySpan the same over {@link #SPANS}, where it is known for each; else empty
 */
public record UnseenWander(double atOnce, List<Double> bySpan) {
  /** Seconds, each four times the one before. */
  public static final List<Double> SPANS = List.of(256.0, 1024.0, 4096.0, 16384.0, 65536.0);

  private static final double LOG_RATIO = Math.log(4);

  /** Nothing but what the estimate says. */
  public static final UnseenWander NONE = new UnseenWander(0, List.of());

  public UnseenWander {
    bySpan = List.copyOf(bySpan);
    if (!bySpan.isEmpty() && bySpan.size() != SPANS.size()) {
      throw new IllegalArgumentException(bySpan.size() + " figures for " + SPANS.size() + " spans");
    }
  }

  /** The oscillator may wander by a factor more than an estimate says, 1 or more. */
  public static UnseenWander of(double factor, TimeEstimate estimate) {
    return new UnseenWander(
        (factor * factor - 1) * estimate.wander() * estimate.wander(), List.of());
  }

  /** The same, with what is known by span. */
  public UnseenWander with(List<Double> experience) {
    return new UnseenWander(atOnce, experience);
  }

  /** Variance in seconds² by which the phase may have gone astray in so many seconds. */
  public double phaseVariance(double seconds) {
    double t = Math.abs(seconds);
    return Math.max(atOnce, experienced(t)) * t * t * t / 3;
  }

  private double experienced(double seconds) {
    if (bySpan.isEmpty()) {
      return 0;
    }
    double place = Math.log(Math.max(seconds, 1e-9) / SPANS.getFirst()) / LOG_RATIO;
    int last = bySpan.size() - 1;
    if (place <= 0) {
      return bySpan.getFirst();
    }
    if (place >= last) {
      return bySpan.get(last);
    }
    int below = (int) place;
    double above = place - below;
    return (1 - above) * bySpan.get(below) + above * bySpan.get(below + 1);
  }
}
