package org.timeball.core.discipline;

/**
 * What is believed about true time, on the raw scale: at {@code rawNanos} it was {@code unixNanos},
 * and true time gains {@code frequency} seconds a second on the raw scale.
 *
 * @param rawNanos the moment the estimate is for
 * @param unixNanos true time at that moment
 * @param frequency dimensionless, about ±5e-4; positive when the local oscillator is slow
 * @param phaseSigma standard deviation of {@code unixNanos} in seconds
 * @param frequencySigma standard deviation of {@code frequency}
 * @param wander how fast the frequency walks: its change has a standard deviation of {@code wander
 *     * sqrt(seconds)}
 */
public record TimeEstimate(
    long rawNanos,
    long unixNanos,
    double frequency,
    double phaseSigma,
    double frequencySigma,
    double wander) {

  /** The same belief carried to another moment; its uncertainty grows with the distance. */
  public TimeEstimate at(long otherRawNanos) {
    double seconds = (otherRawNanos - rawNanos) * 1e-9;
    long unix = unixNanos + (otherRawNanos - rawNanos) + Math.round(seconds * frequency * 1e9);
    double t = Math.abs(seconds);
    double variance =
        phaseSigma * phaseSigma
            + t * t * frequencySigma * frequencySigma
            + wander * wander * t * t * t / 3;
    double frequencyVariance = frequencySigma * frequencySigma + wander * wander * t;
    return new TimeEstimate(
        otherRawNanos, unix, frequency, Math.sqrt(variance), Math.sqrt(frequencyVariance), wander);
  }
}
