package org.timeball.core;

/**
 * A leap second of these days, and one moment of true time counted on through it. Unix time does
 * not tell on which side of the leap second a moment is, for it has one second twice or not at all;
 * this does.
 *
 * @param leap which
 * @param rawNanos a moment, raw scale
 * @param countedUnixNanos true time at that moment as Unix nanoseconds, counted on as if there were
 *     no leap second
 */
public record NearLeap(LeapSecond leap, long rawNanos, long countedUnixNanos) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * What a clock showed, counted on as if there were no leap second. Right for every clock that is
   * less than half a second wrong, whether it has leapt yet or not.
   *
   * @param unixNanos what it showed, before or after its leap
   * @param atRawNanos when
   */
  public long counted(long unixNanos, long atRawNanos) {
    long expected = countedUnixNanos + (atRawNanos - rawNanos);
    long ifLeapt = unixNanos + leap.seconds() * NANOS_PER_SECOND;
    return Math.abs(ifLeapt - expected) < Math.abs(unixNanos - expected) ? ifLeapt : unixNanos;
  }
}
