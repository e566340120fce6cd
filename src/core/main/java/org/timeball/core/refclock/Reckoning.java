package org.timeball.core.refclock;

/**
 * What is already known of true time, apart from the refclock that asks: the brain's own proven
 * belief, carried to a moment.
 *
 * @param rawNanos the moment
 * @param unixNanos true time at that moment
 * @param bound seconds that {@code unixNanos} can be wrong by at most
 */
public record Reckoning(long rawNanos, long unixNanos, double bound) {
  /**
   * Seconds; a pulse may be numbered by a clock that is known this well. The rest up to half a
   * second is margin.
   */
  public static final double NUMBERING_BOUND = 0.4;

  /** True time a few seconds before or after; the oscillator's error does not matter here. */
  long unixNanosAt(long otherRawNanos) {
    return unixNanos + (otherRawNanos - rawNanos);
  }

  boolean canNumber() {
    return bound < NUMBERING_BOUND;
  }
}
