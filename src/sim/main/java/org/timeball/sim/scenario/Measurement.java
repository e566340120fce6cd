package org.timeball.sim.scenario;

import java.util.Arrays;

/** The true error of a clock, second by second. */
final class Measurement {
  /** An error has converged when it stays below the limit for so many seconds. */
  private static final int STAYS = 300;

  private final double[] offsets;
  private final double[] frequencies;
  private int count;
  private long hash = 0xcbf29ce484222325L;

  Measurement(int seconds) {
    this.offsets = new double[seconds + 1];
    this.frequencies = new double[seconds + 1];
  }

  void add(double offset, double frequency) {
    offsets[count] = offset;
    frequencies[count] = frequency;
    count++;
    hash = (hash ^ Double.doubleToLongBits(offset)) * 0x100000001b3L;
    hash = (hash ^ Double.doubleToLongBits(frequency)) * 0x100000001b3L;
  }

  /** A number that differs if any of the numbers seen differs. */
  long hash() {
    return hash;
  }

  double[] offsets() {
    return Arrays.copyOf(offsets, count);
  }

  double rms(int from) {
    return rms(offsets, from);
  }

  double frequencyRms(int from) {
    return rms(frequencies, from);
  }

  private double rms(double[] values, int from) {
    double sum = 0;
    for (int i = from; i < count; i++) {
      sum += values[i] * values[i];
    }
    return Math.sqrt(sum / (count - from));
  }

  /** The absolute errors from that second on, in order of size. */
  double[] sorted(int from) {
    double[] sizes = new double[count - from];
    for (int i = from; i < count; i++) {
      sizes[i - from] = Math.abs(offsets[i]);
    }
    Arrays.sort(sizes);
    return sizes;
  }

  /** The first second from which the error stays below the limit; not a number if never. */
  double convergedAt(double limit) {
    int since = 0;
    for (int i = 0; i < count; i++) {
      if (Math.abs(offsets[i]) >= limit) {
        since = i + 1;
      } else if (i - since >= STAYS) {
        return since;
      }
    }
    return Double.NaN;
  }
}
