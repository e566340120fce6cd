package org.timeball.core.refclock;

/** Mean and spread of one lateness, followed as it drifts; a lasting change starts it anew. */
final class LatenessStatistics {
  /** Chosen: about a minute of sentences. */
  private static final int MEMORY = 64;

  /** Chosen: an hour; the difference to the short memory shows drift. */
  private static final int LONG_MEMORY = 3600;

  /** Below this many the spread is a guess, and {@link #EARLY_SPREAD} is assumed at least. */
  private static final int SPREAD_KNOWN_AFTER = 8;

  /** Seconds; what a serial line and a busy receiver commonly do. */
  private static final double EARLY_SPREAD = 0.02;

  /** Seconds; below this a change of a sentence's lateness does not interest anyone. */
  private static final double SMALLEST_CHANGE = 0.03;

  private static final double OUTLIER_SIGMAS = 5;

  /** So many outliers in a row are no outliers but a change. */
  private static final int LASTING = 8;

  private long count;
  private double mean;
  private double longMean;
  private double variance;
  private int outliersInRow;
  private double outlierMean;

  /** Takes one lateness in seconds; true if it completed a lasting change. */
  boolean add(double seconds) {
    if (count >= SPREAD_KNOWN_AFTER
        && Math.abs(seconds - mean) > Math.max(SMALLEST_CHANGE, OUTLIER_SIGMAS * spread())) {
      return outlier(seconds);
    }
    outliersInRow = 0;
    take(seconds);
    return false;
  }

  private void take(double seconds) {
    count++;
    double weight = 1.0 / Math.min(count, MEMORY);
    double difference = seconds - mean;
    mean += weight * difference;
    variance += weight * (difference * (seconds - mean) - variance);
    longMean += (seconds - longMean) / Math.min(count, LONG_MEMORY);
  }

  private boolean outlier(double seconds) {
    outliersInRow++;
    outlierMean += (seconds - outlierMean) / outliersInRow;
    if (outliersInRow < LASTING) {
      return false;
    }
    double moved = outlierMean;
    reset();
    take(moved);
    return true;
  }

  void reset() {
    count = 0;
    mean = 0;
    longMean = 0;
    variance = 0;
    outliersInRow = 0;
    outlierMean = 0;
  }

  long count() {
    return count;
  }

  /** Seconds. */
  double mean() {
    return mean;
  }

  /** Standard deviation in seconds; never below a millisecond. */
  double spread() {
    double learned = Math.max(1e-3, Math.sqrt(variance));
    return count < SPREAD_KNOWN_AFTER ? Math.max(EARLY_SPREAD, learned) : learned;
  }

  /** Seconds by which the last minute is later than the last hour. */
  double drift() {
    return mean - longMean;
  }

  /** The value that differs from {@code seconds} by whole seconds and lies nearest to the mean. */
  double unwrapped(double seconds) {
    // Before anything is known: a sentence just before a pulse is rather early than a second late.
    double pivot = count == 0 ? 0.4 : mean;
    return seconds - Math.rint(seconds - pivot);
  }
}
