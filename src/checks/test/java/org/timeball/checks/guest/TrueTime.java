package org.timeball.checks.guest;

import org.timeball.time.UtcTime;

/**
 * The true time of one scenario: seconds of UTC counted on this machine's monotonic clock, from a
 * date and at a rate that the scenario chose. Safe for several threads.
 */
final class TrueTime {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long originNanoTime;
  private final long originUnixSeconds;
  private final double rate;
  private final long leapAtUnixSeconds;

  /**
   * Begins now.
   *
   * @param unixSeconds the second that begins now
   * @param rateError how much faster than this machine's clock true time passes; the guest's
   *     crystal is slow by as much
   * @param leapAtUnixSeconds the midnight before which a second is inserted, or {@link
   *     Long#MAX_VALUE}
   */
  TrueTime(long unixSeconds, double rateError, long leapAtUnixSeconds) {
    this.originNanoTime = System.nanoTime();
    this.originUnixSeconds = unixSeconds;
    this.rate = 1 + rateError;
    this.leapAtUnixSeconds = leapAtUnixSeconds;
  }

  /** True nanoseconds since the beginning; leap seconds count. */
  long elapsedNanos() {
    return (long) ((System.nanoTime() - originNanoTime) * rate);
  }

  /** When, on this machine's monotonic clock, that many true nanoseconds will have passed. */
  long nanoTimeAt(long elapsedNanos) {
    return originNanoTime + (long) (elapsedNanos / rate);
  }

  /** The second of UTC that begins when {@code elapsedSeconds} have passed. */
  UtcTime utc(long elapsedSeconds) {
    long counted = originUnixSeconds + elapsedSeconds;
    if (counted < leapAtUnixSeconds) {
      return new UtcTime(counted, 0, false);
    }
    return new UtcTime(counted - 1, 0, counted == leapAtUnixSeconds);
  }

  /**
   * What a kernel's clock shows when it is right, in Unix nanoseconds: the leap second is 23:59:59
   * once more.
   */
  long unixNanos() {
    long elapsed = elapsedNanos();
    long counted = originUnixSeconds + elapsed / NANOS_PER_SECOND;
    long seconds = counted < leapAtUnixSeconds ? counted : counted - 1;
    return seconds * NANOS_PER_SECOND + elapsed % NANOS_PER_SECOND;
  }

  /** Seconds of true time until the leap second begins; negative from then on. */
  double secondsToLeap() {
    return leapAtUnixSeconds - originUnixSeconds - elapsedNanos() * 1e-9;
  }
}
