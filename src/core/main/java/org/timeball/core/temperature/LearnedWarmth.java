package org.timeball.core.temperature;

import java.util.List;
import java.util.Optional;

/**
 * What was learned of the oscillator's temperature, to be kept across restarts.
 *
 * @param celsius the last reading, in which the frequency that is kept with it was learned
 * @param range the temperatures that have been seen while learning
 * @param coefficients by lag; what is not named is not known
 */
public record LearnedWarmth(
    Optional<Double> celsius, Optional<Range> range, List<Coefficients> coefficients) {

  /** Nothing at all. */
  public static final LearnedWarmth NOTHING =
      new LearnedWarmth(Optional.empty(), Optional.empty(), List.of());

  public LearnedWarmth {
    coefficients = List.copyOf(coefficients);
    if (celsius.filter(c -> !TemperatureModel.isPlausible(c)).isPresent()) {
      throw new IllegalArgumentException("no sensor reads " + celsius.get() + " degrees");
    }
  }

  /** Degrees Celsius. */
  public record Range(double coldest, double hottest) {
    public Range {
      if (!TemperatureModel.isPlausible(coldest)
          || !TemperatureModel.isPlausible(hottest)
          || coldest > hottest) {
        throw new IllegalArgumentException(
            "no range of temperatures: " + coldest + " to " + hottest);
      }
    }
  }

  /**
   * How warmth acts if the oscillator lags by so much. Warmth is in units of 10 degrees from 40
   * degrees Celsius.
   *
   * @param lag seconds
   * @param weight how much speaks for this lag, 0 to 1
   * @param slope of the frequency by warmth
   * @param curve of the frequency by warmth squared
   */
  public record Coefficients(
      double lag, double weight, double slope, double slopeSigma, double curve, double curveSigma) {
    /** No oscillator is bent so much by 10 degrees. */
    private static final double LARGEST = 1e-4;

    public Coefficients {
      boolean usable =
          lag >= 0
              && weight >= 0
              && weight <= 1
              && Math.abs(slope) <= LARGEST
              && Math.abs(curve) <= LARGEST
              && slopeSigma > 0
              && slopeSigma <= LARGEST
              && curveSigma > 0
              && curveSigma <= LARGEST;
      if (!usable) {
        throw new IllegalArgumentException("no coefficients of temperature");
      }
    }
  }

  /** What is known for a lag. */
  Optional<Coefficients> of(double lag) {
    return coefficients.stream().filter(c -> c.lag() == lag).findFirst();
  }
}
