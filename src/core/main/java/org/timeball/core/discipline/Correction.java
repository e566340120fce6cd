package org.timeball.core.discipline;

/** What {@link Steering} decided to do with the clock. */
public sealed interface Correction {
  /**
   * Leave the phase alone and run at this rate.
   *
   * @param frequency the whole rate against the raw scale, dimensionless; 1e-6 is 1 ppm
   */
  record Keep(double frequency) implements Correction {}

  /**
   * Take the offset out gradually.
   *
   * @param frequency the whole rate against the raw scale while slewing
   * @param untilRawNanos when the offset will be gone
   * @param settledFrequency the rate to set at that moment if nothing was decided in between
   */
  record Slew(double frequency, long untilRawNanos, double settledFrequency)
      implements Correction {}

  /**
   * Move the clock at once.
   *
   * @param nanos by how much
   * @param frequency the whole rate against the raw scale from now on
   */
  record Step(long nanos, double frequency) implements Correction {}

  /**
   * The offset is larger than the policy lets anyone correct; the clock keeps its rate.
   *
   * @param nanos the offset
   */
  record Panic(long nanos) implements Correction {}
}
