package org.timeball.core.temperature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Learns by how much the oscillator's frequency changes with the temperature that a sensor reads.
 * Belongs to one thread.
 *
 * <p>Nothing has to be told. A bank of filters runs side by side under hypotheses of how fast the
 * oscillator wanders by itself, and of how long it takes to become as warm as the sensor; how well
 * each foretold the phase decides what it has to say. Where the temperature explains nothing, the
 * coefficients stay near zero.
 */
public final class TemperatureModel {
  /**
   * Seconds that the oscillator may lag behind the sensor. A sensor in the processor feels a load
   * at once, a crystal beside it after minutes, and a box as a whole after half an hour.
   */
  static final double[] LAGS = {0, 60, 240, 960, 3840};

  /** Chosen: half-decades of wander per square root of a second, from 1e-11 to 1e-7. */
  private static final int WANDERS = 9;

  private static final double SMALLEST_WANDER_EXPONENT = -11;

  /** Warmth is in units of 10 degrees from 40 °C, so that all numbers are about 1. */
  private static final double REFERENCE_CELSIUS = 40;

  private static final double UNIT_CELSIUS = 10;

  /** Chosen: crystals are within 0.3 ppm a degree, and within 0.05 ppm a degree squared. */
  private static final double SLOPE_SIGMA = 3e-6;

  private static final double CURVE_SIGMA = 5e-6;

  /** Chosen: what is believed of the phase is nearly new after that many seconds. */
  private static final double LEARN_EVERY = 32;

  /** Phases of evidence that are remembered. */
  private static final double WINDOW = 1000;

  /** Seconds: no phase is known better. */
  private static final double SMALLEST_SIGMA = 1e-8;

  /** In standard deviations: then the source has jumped, whatever the temperature did. */
  private static final double JUMP = 8;

  /**
   * Beyond what was seen while learning, the temperature is taken to do nothing more: 2 degrees.
   */
  private static final double MARGIN = 0.2;

  /** A lag with less to say is not kept. */
  private static final double NEGLIGIBLE = 1e-6;

  /** No crystal is bent further. */
  private static final double LARGEST_COMPENSATION = 50e-6;

  /** Sensors' readings are true within this; the rest is a broken sensor. */
  private static final double COLDEST = -60;

  private static final double HOTTEST = 130;

  private final ThermalFilter[] filters = new ThermalFilter[LAGS.length * WANDERS];
  private final double[] evidence = new double[filters.length];
  private final double[] weight = new double[filters.length];
  private final double[] warmth = new double[LAGS.length];
  private final double[] warmthSeconds = new double[LAGS.length];
  private final double[] squareSeconds = new double[LAGS.length];
  private final WarmthEstimator estimator = new WarmthEstimator();
  private double reading = Double.NaN;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private long advancedRawNanos;
  private boolean learning;
  private long learnedRawNanos;
  private long originNanos;
  private double compensation;

  /** Knows nothing. */
  public TemperatureModel() {
    this(LearnedWarmth.NOTHING);
  }

  /** Knows what an earlier run learned. */
  public TemperatureModel(LearnedWarmth learned) {
    for (int lag = 0; lag < LAGS.length; lag++) {
      Optional<LearnedWarmth.Coefficients> known = learned.of(LAGS[lag]);
      for (int step = 0; step < WANDERS; step++) {
        int i = lag * WANDERS + step;
        double wander = Math.pow(10, SMALLEST_WANDER_EXPONENT + step * 0.5);
        filters[i] =
            new ThermalFilter(
                wander * wander,
                known.map(LearnedWarmth.Coefficients::slope).orElse(0.0),
                known.map(LearnedWarmth.Coefficients::slopeSigma).orElse(SLOPE_SIGMA),
                known.map(LearnedWarmth.Coefficients::curve).orElse(0.0),
                known.map(LearnedWarmth.Coefficients::curveSigma).orElse(CURVE_SIGMA));
        evidence[i] =
            learned.coefficients().isEmpty()
                ? 0
                : Math.log(known.map(LearnedWarmth.Coefficients::weight).orElse(0.0) + NEGLIGIBLE);
      }
    }
    learned
        .range()
        .ifPresent(range -> {
          least = warmthOf(range.coldest());
          most = warmthOf(range.hottest());
        });
    learned
        .celsius()
        .ifPresent(celsius -> {
          reading = warmthOf(celsius);
          Arrays.fill(warmth, reading);
          advancedRawNanos = Long.MIN_VALUE;
        });
    weigh();
  }

  private static double warmthOf(double celsius) {
    return (celsius - REFERENCE_CELSIUS) / UNIT_CELSIUS;
  }

  private static double celsiusOf(double warmth) {
    return REFERENCE_CELSIUS + warmth * UNIT_CELSIUS;
  }

  /** Whether a sensor can have read this. */
  public static boolean isPlausible(double celsius) {
    return celsius > COLDEST && celsius < HOTTEST;
  }

  /**
   * Takes a reading of the sensor.
   *
   * @param celsius plausible
   */
  public void read(long rawNanos, double celsius) {
    estimator.read(rawNanos, warmthOf(celsius));
    double now = estimator.warmth();
    if (Double.isNaN(reading)) {
      Arrays.fill(warmth, now);
      advancedRawNanos = rawNanos;
    } else if (advancedRawNanos == Long.MIN_VALUE) {
      // The first since a restart: how long it has been so warm is not known, but surely for long.
      compensate(now);
      advancedRawNanos = rawNanos;
    }
    advance(rawNanos);
    reading = now;
    // An oscillator that does not lag is followed at once.
    move(0, now);
  }

  private void compensate(double now) {
    for (int lag = 0; lag < LAGS.length; lag++) {
      move(lag, now);
    }
  }

  /** The oscillator as one lag has it becomes so warm: its frequency changes. */
  private void move(int lag, double now) {
    if (least <= most) {
      double from = Math.clamp(warmth[lag], least - MARGIN, most + MARGIN);
      double to = Math.clamp(now, least - MARGIN, most + MARGIN);
      double change = 0;
      for (int i = lag * WANDERS; i < (lag + 1) * WANDERS; i++) {
        change +=
            weight[i]
                * (filters[i].state(ThermalFilter.SLOPE) * (to - from)
                    + filters[i].state(ThermalFilter.CURVE) * (to * to - from * from));
      }
      compensation = Math.clamp(compensation + change, -LARGEST_COMPENSATION, LARGEST_COMPENSATION);
    }
    warmth[lag] = now;
  }

  /** Lets the oscillator become as warm as the sensor, lag by lag, until a moment. */
  private void advance(long rawNanos) {
    double seconds = (rawNanos - advancedRawNanos) * 1e-9;
    if (!(seconds > 0)) {
      return;
    }
    advancedRawNanos = rawNanos;
    for (int lag = 0; lag < LAGS.length; lag++) {
      double before = warmth[lag];
      double after =
          LAGS[lag] == 0
              ? reading
              : before + (reading - before) * -Math.expm1(-seconds / LAGS[lag]);
      move(lag, after);
      double middle = (before + after) / 2;
      warmthSeconds[lag] += middle * seconds;
      squareSeconds[lag] += middle * middle * seconds;
    }
  }

  /**
   * Takes what is believed of true time, newly measured; as often as there is something new.
   *
   * @param rawNanos the oscillator, by no means compensated
   * @param sigma standard deviation of true time in seconds
   */
  public void learn(long rawNanos, long unixNanos, double sigma) {
    if (!isMeasured()) {
      return;
    }
    double seconds = (rawNanos - learnedRawNanos) * 1e-9;
    if (learning && seconds < LEARN_EVERY) {
      return;
    }
    advance(rawNanos);
    double known = Math.max(sigma, SMALLEST_SIGMA);
    if (learning) {
      take((unixNanos - rawNanos - originNanos) * 1e-9, known, seconds);
    } else {
      learning = true;
      originNanos = unixNanos - rawNanos;
      startAt(0, known);
    }
    learnedRawNanos = rawNanos;
    Arrays.fill(warmthSeconds, 0);
    Arrays.fill(squareSeconds, 0);
    least = Math.min(least, reading);
    most = Math.max(most, reading);
  }

  private void take(double phase, double sigma, double seconds) {
    double surprise = 0;
    double slope = slopePerDegree() * UNIT_CELSIUS;
    double noise = slope * slope * estimator.noise();
    for (int i = 0; i < filters.length; i++) {
      int lag = i / WANDERS;
      filters[i].predict(seconds, warmthSeconds[lag], squareSeconds[lag], noise);
      surprise += weight[i] * filters[i].surprise(phase, sigma);
    }
    if (surprise > JUMP) {
      startAt(phase, sigma);
      return;
    }
    for (int i = 0; i < filters.length; i++) {
      evidence[i] = evidence[i] * (1 - 1 / WINDOW) + filters[i].update(phase, sigma);
    }
    weigh();
  }

  private void startAt(double phase, double sigma) {
    for (ThermalFilter filter : filters) {
      filter.startAt(phase, sigma);
    }
  }

  private void weigh() {
    double best = Arrays.stream(evidence).max().orElseThrow();
    double sum = 0;
    for (int i = 0; i < filters.length; i++) {
      weight[i] = Math.exp(evidence[i] - best);
      sum += weight[i];
    }
    for (int i = 0; i < filters.length; i++) {
      weight[i] /= sum;
    }
  }

  /**
   * By how much true time gains on the oscillator because of its warmth, dimensionless. It began at
   * zero: only its changes mean anything.
   */
  public double compensation() {
    return compensation;
  }

  /** Whether a sensor has been read since the start: what was kept from before is no reading. */
  public boolean isMeasured() {
    return !Double.isNaN(reading) && advancedRawNanos != Long.MIN_VALUE;
  }

  /** What the sensor read last, in degrees Celsius, in an earlier run if need be. */
  public Optional<Double> celsius() {
    return Double.isNaN(reading) ? Optional.empty() : Optional.of(celsiusOf(reading));
  }

  /** Change of frequency by degree at the present temperature, dimensionless. */
  public double slopePerDegree() {
    double sum = 0;
    for (int i = 0; i < filters.length; i++) {
      sum += weight[i] * slope(i);
    }
    return sum / UNIT_CELSIUS;
  }

  private double slope(int i) {
    double at = Double.isNaN(reading) ? 0 : warmth[i / WANDERS];
    return filters[i].state(ThermalFilter.SLOPE) + 2 * at * filters[i].state(ThermalFilter.CURVE);
  }

  /** Standard deviation of {@link #slopePerDegree}. */
  public double slopeSigma() {
    double mean = slopePerDegree() * UNIT_CELSIUS;
    double sum = 0;
    for (int i = 0; i < filters.length; i++) {
      double apart = slope(i) - mean;
      sum += weight[i] * (filters[i].variance(ThermalFilter.SLOPE) + apart * apart);
    }
    return Math.sqrt(sum) / UNIT_CELSIUS;
  }

  /** Seconds that the oscillator lags behind the sensor, most likely. */
  public double lagSeconds() {
    double most = -1;
    double found = 0;
    for (int lag = 0; lag < LAGS.length; lag++) {
      double share = share(lag);
      if (share > most) {
        most = share;
        found = LAGS[lag];
      }
    }
    return found;
  }

  private double share(int lag) {
    return Arrays.stream(weight, lag * WANDERS, (lag + 1) * WANDERS).sum();
  }

  /** To be kept across restarts. */
  public LearnedWarmth learned() {
    List<LearnedWarmth.Coefficients> coefficients = new ArrayList<>();
    for (int lag = 0; lag < LAGS.length; lag++) {
      double share = share(lag);
      if (share > NEGLIGIBLE && least <= most) {
        coefficients.add(
            new LearnedWarmth.Coefficients(
                LAGS[lag],
                share,
                mean(lag, ThermalFilter.SLOPE),
                sigma(lag, ThermalFilter.SLOPE),
                mean(lag, ThermalFilter.CURVE),
                sigma(lag, ThermalFilter.CURVE)));
      }
    }
    return new LearnedWarmth(
        celsius(),
        least <= most
            ? Optional.of(new LearnedWarmth.Range(celsiusOf(least), celsiusOf(most)))
            : Optional.empty(),
        coefficients);
  }

  private double mean(int lag, int which) {
    double sum = 0;
    for (int i = lag * WANDERS; i < (lag + 1) * WANDERS; i++) {
      sum += weight[i] * filters[i].state(which);
    }
    return sum / share(lag);
  }

  private double sigma(int lag, int which) {
    double mean = mean(lag, which);
    double sum = 0;
    for (int i = lag * WANDERS; i < (lag + 1) * WANDERS; i++) {
      double apart = filters[i].state(which) - mean;
      sum += weight[i] * (filters[i].variance(which) + apart * apart);
    }
    return Math.sqrt(sum / share(lag));
  }
}
