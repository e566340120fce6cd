package org.timeball.core.discipline;

import java.util.Arrays;

/**
 * The last so many values, both in the order they came and sorted, for the least and for quantiles.
 * Allocates nothing after it is made.
 */
final class DelayHistory {
  private final double[] recent;
  private final double[] sorted;
  private int next;
  private int size;

  DelayHistory(int capacity) {
    this.recent = new double[capacity];
    this.sorted = new double[capacity];
  }

  int size() {
    return size;
  }

  /** Takes a value, forgetting the oldest when full. */
  void add(double value) {
    if (size == recent.length) {
      remove(recent[next]);
    }
    recent[next] = value;
    next = (next + 1) % recent.length;
    int at = Arrays.binarySearch(sorted, 0, size, value);
    at = at < 0 ? -at - 1 : at;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = value;
    size++;
  }

  /** Forgets all values. */
  void clear() {
    size = 0;
    next = 0;
  }

  private void remove(double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
    size--;
  }

  /** The least. */
  double least() {
    return sorted[0];
  }

  /** The mean. */
  double mean() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += sorted[i];
    }
    return sum / size;
  }

  /** Mean square of the values above {@code origin}, none counted for more than {@code most}. */
  double meanSquareAbove(double origin, double most) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double above = Math.min(sorted[i] - origin, most);
      sum += above * above;
    }
    return sum / size;
  }

  /** The value below which this fraction lies, 0 to 1. */
  double quantile(double fraction) {
    return sorted[(int) Math.round(fraction * (size - 1))];
  }
}
