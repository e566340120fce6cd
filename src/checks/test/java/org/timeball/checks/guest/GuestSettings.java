package org.timeball.checks.guest;

import java.time.Instant;

/**
 * How one guest is booted.
 *
 * @param trueSeconds the true time at its start, as Unix time
 * @param clockErrorSeconds how far the guest's battery clock is from it; a battery clock knows
 *     whole seconds only, so that up to a second is added by itself
 * @param rateError how much too slowly the guest's crystal runs; 50e-6 is 50 ppm
 * @param leapAtUnixSeconds the midnight before which a second is inserted, or {@link
 *     Long#MAX_VALUE}
 */
record GuestSettings(
    long trueSeconds, long clockErrorSeconds, double rateError, long leapAtUnixSeconds) {

  /** Boots now, with a battery clock that is right to the second and a crystal 20 ppm slow. */
  static GuestSettings usual() {
    return new GuestSettings(Instant.now().getEpochSecond(), 0, 20e-6, Long.MAX_VALUE);
  }

  GuestSettings withClockError(long seconds) {
    return new GuestSettings(trueSeconds, seconds, rateError, leapAtUnixSeconds);
  }

  GuestSettings withRateError(double newRateError) {
    return new GuestSettings(trueSeconds, clockErrorSeconds, newRateError, leapAtUnixSeconds);
  }

  /** Boots so many seconds before a leap second is inserted at the end of a day. */
  GuestSettings beforeLeap(Instant midnight, long secondsBefore) {
    long leapAt = midnight.getEpochSecond();
    return new GuestSettings(leapAt - secondsBefore, clockErrorSeconds, rateError, leapAt);
  }
}
