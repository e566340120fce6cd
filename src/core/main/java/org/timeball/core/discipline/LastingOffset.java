package org.timeball.core.discipline;

/**
 * By how much two estimates differ for good: the mean of what they were apart, over many times as
 * long as they average themselves. Belongs to one thread.
 */
final class LastingOffset {
  /** Chosen: standard deviations of the mean that may be chance. */
  private static final double CHANCE = 3;

  /** Averaging times until two estimates have nothing in common. */
  private static final double INDEPENDENT_AFTER = 2;

  private final double memory;
  private double averagings;
  private double mean;
  private double variance;
  private boolean known;

  /**
   * @param memory averaging times that are remembered
   */
  LastingOffset(double memory) {
    this.memory = memory;
  }

  /**
   * They were compared.
   *
   * @param apart seconds
   * @param passed averaging times since they were compared last
   * @param estimateVariance of what is compared, seconds²
   */
  void add(double apart, double passed, double estimateVariance) {
    double more = known ? Math.min(passed, 1) : 0;
    averagings = Math.min(averagings + more, memory);
    mean += (averagings > 0 ? more / averagings : 1) * (apart - mean);
    variance = estimateVariance / Math.max(1, averagings / INDEPENDENT_AFTER);
    known = true;
  }

  /** Whether they were ever compared. */
  boolean isKnown() {
    return known;
  }

  /** They may differ by something else now. */
  void forget() {
    known = false;
    averagings = 0;
  }

  /** Seconds, chance included. */
  double mean() {
    return mean;
  }

  /** Seconds, as far as they are surely no chance. */
  double sure() {
    double chance = CHANCE * CHANCE * variance;
    double square = mean * mean;
    return square > chance ? mean * (1 - chance / square) : 0;
  }

  /** What {@link #sure} was made of may be wrong by, seconds²; nothing if that is 0. */
  double sureVariance() {
    return sure() == 0 ? 0 : variance;
  }

  /** What they may differ by beyond {@link #sure}, seconds². */
  double doubt() {
    double left = mean - sure();
    return known ? left * left + variance : 0;
  }
}
