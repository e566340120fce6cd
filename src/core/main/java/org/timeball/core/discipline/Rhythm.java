package org.timeball.core.discipline;

/**
 * How often measurements come, and whether there was a silence: then the oscillator may have done
 * more than it showed before, and the next measurement is not judged by what was foretold. Belongs
 * to one thread.
 */
final class Rhythm {
  private final double silence;
  private final double remembered;
  private double meanInterval;
  private long usedRawNanos;

  /**
   * @param firstInterval seconds between two measurements, to begin with
   * @param silence so many intervals without one are a silence
   * @param remembered over how many the interval is averaged
   */
  Rhythm(double firstInterval, double silence, double remembered) {
    this.meanInterval = firstInterval;
    this.silence = silence;
    this.remembered = remembered;
  }

  /** Begins, or begins anew after an unknown time: with a measurement that was used. */
  void start(long rawNanos) {
    usedRawNanos = rawNanos;
  }

  /** A measurement was used. */
  void used(long rawNanos) {
    double interval = Math.min((rawNanos - usedRawNanos) * 1e-9, silence * meanInterval);
    meanInterval += (interval - meanInterval) / remembered;
    usedRawNanos = rawNanos;
  }

  /** Whether a measurement at this moment is the first one after a silence. */
  boolean breaksSilence(long rawNanos) {
    return (rawNanos - usedRawNanos) * 1e-9 > silence * meanInterval;
  }

  /** The moment of the last measurement that was used. */
  long usedRawNanos() {
    return usedRawNanos;
  }
}
