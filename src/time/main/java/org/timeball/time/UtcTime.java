package org.timeball.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A moment of UTC as clocks and receivers say it, able to name 23:59:60.
 *
 * @param unixSeconds seconds since 1970 without counting leap seconds; within a leap second, those
 *     of 23:59:59
 * @param nanos 0 to 999 999 999
 * @param leapSecond true within 23:59:60
 */
public record UtcTime(long unixSeconds, int nanos, boolean leapSecond) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  public UtcTime {
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw new IllegalArgumentException("nanos " + nanos + " is outside 0 to 999999999");
    }
    if (leapSecond && Math.floorMod(unixSeconds, 86_400L) != 86_399) {
      throw new IllegalArgumentException("a leap second is only ever 23:59:60");
    }
  }

  /** An ordinary moment. */
  public static UtcTime ofUnixNanos(long unixNanos) {
    return new UtcTime(
        Math.floorDiv(unixNanos, NANOS_PER_SECOND),
        (int) Math.floorMod(unixNanos, NANOS_PER_SECOND),
        false);
  }

  /**
   * Unix time in nanoseconds. 23:59:60.x is the same number as 00:00:00.x of the next day, as on
   * every POSIX clock; good for the years 1678 to 2262.
   */
  public long unixNanos() {
    return Math.addExact(
        Math.multiplyExact(leapSecond ? unixSeconds + 1 : unixSeconds, NANOS_PER_SECOND), nanos);
  }

  /** {@code YYYY-MM-DDTHH:MM:SS.mmmZ}, rounded down to the millisecond. */
  @Override
  public String toString() {
    LocalDateTime t = LocalDateTime.ofInstant(Instant.ofEpochSecond(unixSeconds), ZoneOffset.UTC);
    return String.format(
        "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
        t.getYear(),
        t.getMonthValue(),
        t.getDayOfMonth(),
        t.getHour(),
        t.getMinute(),
        leapSecond ? 60 : t.getSecond(),
        nanos / 1_000_000);
  }
}
