package org.timeball.core.discipline;

import java.util.Arrays;

/**
 * The first few measurements, kept so that bad ones among them can be found once there are enough:
 * before the noise is known no gate can keep them out, and one that is a thousand times off would
 * spoil the learned noise for an hour.
 */
final class RobustStart {
  /** Chosen: enough that the medians below stand firm against a quarter of bad ones. */
  private static final int COUNT = 16;

  /** Median absolute deviations, each 0.67 standard deviations of normal noise. */
  private static final double FAR = 9;

  /** Standard deviations in a median absolute deviation. */
  private static final double MEDIAN_TO_SIGMA = 1.4826;

  /** Seconds; stamps have whole nanoseconds. */
  private static final double SMALLEST_DEVIATION = 2e-9;

  private final double[] seconds = new double[COUNT];
  private final double[] phase = new double[COUNT];
  private final boolean[] good = new boolean[COUNT];
  private double deviation;
  private int count;
  private boolean closed;

  /** Remembers a measurement. */
  void add(double atSeconds, double measuredPhase) {
    seconds[count] = atSeconds;
    phase[count] = measuredPhase;
    count++;
  }

  /** Whether no more is to be added. */
  boolean isFull() {
    return closed || count == COUNT;
  }

  /** What was remembered no longer holds. */
  void close() {
    closed = true;
  }

  /**
   * Looks for bad ones around the line through the median of all slopes (Theil and Sen).
   *
   * @return whether there are any
   */
  boolean findOutliers() {
    double[] slopes = new double[COUNT * (COUNT - 1) / 2];
    int n = 0;
    for (int i = 0; i < COUNT; i++) {
      for (int j = 0; j < i; j++) {
        slopes[n++] = (phase[i] - phase[j]) / (seconds[i] - seconds[j]);
      }
    }
    double slope = median(slopes);
    double[] rest = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      rest[i] = phase[i] - slope * seconds[i];
    }
    double middle = median(rest.clone());
    double[] away = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      away[i] = Math.abs(rest[i] - middle);
    }
    deviation = Math.max(median(away.clone()), SMALLEST_DEVIATION);
    boolean found = false;
    for (int i = 0; i < COUNT; i++) {
      good[i] = away[i] <= FAR * deviation;
      found |= !good[i];
    }
    return found;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Starts a bank again from the good ones. */
  void replay(WanderBank bank) {
    double last = Double.NaN;
    for (int i = 0; i < COUNT; i++) {
      if (!good[i]) {
        continue;
      }
      if (Double.isNaN(last)) {
        bank.start(phase[i], MEDIAN_TO_SIGMA * deviation);
      } else {
        bank.predict(seconds[i] - last);
        bank.update(phase[i], 0, 1);
      }
      last = seconds[i];
    }
  }

  /** When the last good one was. */
  double lastGoodSeconds() {
    int i = COUNT - 1;
    while (!good[i]) {
      i--;
    }
    return seconds[i];
  }
}
