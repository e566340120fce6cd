package org.timeball.core.temperature;

import java.util.Arrays;
import org.timeball.core.discipline.WanderBank;

/**
 * How warm it is by the readings of a coarse sensor. Belongs to one thread.
 *
 * <p>Readings come in steps of half a degree, and a processor is hotter for some seconds while it
 * computes. The middle one of five is taken, and then the temperature is estimated like the phase
 * of a clock: it has a rate, which wanders, and how fast and how noisy the readings are is learned.
 */
final class WarmthEstimator {
  private static final int MEDIAN_OF = 5;

  private static final double MIDDLE = (MEDIAN_OF - 1) / 2.0;

  /** Readings over which their own noise is learned. */
  private static final double NOISE_WINDOW = 100;

  /** Readings of evidence that are remembered. */
  private static final double WINDOW = 300;

  /** The bank is made for seconds: a unit of warmth is taken as so many, which puts it in range. */
  private static final double SCALE = 1e-3;

  /** What one reading may be off at first, in units of warmth. */
  private static final double FIRST_NOISE = 0.05;

  private final double[] readings = new double[MEDIAN_OF];
  private final WanderBank bank;
  private long count;
  private double variance;
  private double interval;
  private long readRawNanos;

  WarmthEstimator() {
    double[] ratios = new double[13];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Math.pow(10, -14 + i / 2.0);
    }
    bank = new WanderBank(ratios, new double[] {0}, SCALE * FIRST_NOISE, WINDOW);
  }

  /** Takes a reading in units of warmth. */
  void read(long rawNanos, double warmth) {
    double seconds = (rawNanos - readRawNanos) * 1e-9;
    if (count > 0) {
      double apart = warmth - readings[(int) ((count - 1) % MEDIAN_OF)];
      double gain = Math.max(1 / NOISE_WINDOW, 1.0 / count);
      variance += gain * (apart * apart / 2 - variance);
      interval += gain * (seconds - interval);
    }
    readRawNanos = rawNanos;
    readings[(int) (count++ % MEDIAN_OF)] = warmth;
    double middle = SCALE * middle();
    if (count == 1) {
      bank.start(middle);
    } else {
      bank.predict(seconds);
      bank.update(middle, 0, 1);
    }
  }

  private double middle() {
    int n = (int) Math.min(count, MEDIAN_OF);
    double[] sorted = Arrays.copyOf(readings, n);
    Arrays.sort(sorted);
    return sorted[n / 2];
  }

  /** How warm it is at the last reading: the middle one of five is two readings older. */
  double warmth() {
    return (bank.meanPhase() + MIDDLE * interval * bank.meanFrequency()) / SCALE;
  }

  /** What each second adds to the variance of the warmth's integral, since readings are noisy. */
  double noise() {
    return variance * interval;
  }
}
