package org.timeball.driver.nmea;

import java.time.LocalDate;

/**
 * Makes a whole date of what a receiver says, with the help of a day before which nothing can be
 * true.
 *
 * <p>Two things go wrong. Two-digit years do not say their century. And GPS counts its weeks modulo
 * 1024, so that a receiver whose firmware is old enough is 1024 weeks behind, or a multiple.
 */
final class ReceiverDate {
  /** 1024 weeks in days. */
  static final int ROLLOVER_DAYS = 1024 * 7;

  private static final int GPS_FIRST_YEAR = 1980;

  /** Beyond, Unix time in nanoseconds does not fit. */
  private static final int LAST_YEAR = 2261;

  /** More than two rollovers: a two-digit year may be that far behind the floor. */
  private static final int YEARS_BEHIND = 46;

  private final long notBeforeEpochDay;
  private final int windowStart;

  ReceiverDate(LocalDate notBefore) {
    notBeforeEpochDay = notBefore.toEpochDay();
    windowStart = Math.max(GPS_FIRST_YEAR, notBefore.getYear() - YEARS_BEHIND);
  }

  /** The year with these last two digits, within the 100 years that can be meant. */
  int year(int twoDigits) {
    return windowStart + Math.floorMod(twoDigits - windowStart, 100);
  }

  /** Whether there is such a day, and a GPS receiver can mean it. */
  static boolean exists(int year, int month, int day) {
    return year >= GPS_FIRST_YEAR
        && year <= LAST_YEAR
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= lengthOfMonth(year, month);
  }

  static int lengthOfMonth(int year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      default -> 31;
    };
  }

  /**
   * How many times 1024 weeks a day must move forward to be at or after the floor; 0 for a receiver
   * that is right.
   */
  int rolloversBehind(long epochDay) {
    long behind = notBeforeEpochDay - epochDay;
    return behind <= 0 ? 0 : Math.toIntExact((behind + ROLLOVER_DAYS - 1) / ROLLOVER_DAYS);
  }
}
