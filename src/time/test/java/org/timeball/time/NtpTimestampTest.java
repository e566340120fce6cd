package org.timeball.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpTimestampTest {
  private static long unixNanos(String instant) {
    Instant i = Instant.parse(instant);
    return i.getEpochSecond() * 1_000_000_000L + i.getNano();
  }

  /** RFC 5905, figure 4: dates and their seconds in the era. */
  @ParameterizedTest
  @CsvSource({
    "1900-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00Z, 2208988800",
    "1972-01-01T00:00:00Z, 2272060800",
    "1999-12-31T00:00:00Z, 3155587200",
    "2036-02-07T06:28:15Z, 4294967295",
    "2036-02-07T06:28:16Z, 0",
  })
  void agreesWithTheDatesOfTheStandard(String instant, long secondsOfEra) {
    NtpTimestamp timestamp = NtpTimestamp.ofUnixNanos(unixNanos(instant));
    assertThat(timestamp.bits() >>> 32).isEqualTo(secondsOfEra);
    assertThat(timestamp.bits() & 0xFFFF_FFFFL).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T17:47:15.123456789Z, 2026-11-23T17:47:15Z",
    "2036-02-07T06:28:15.999999999Z, 2036-02-07T06:28:16.1Z",
    "2036-02-07T06:28:16.000000001Z, 2036-02-07T06:28:15.9Z",
    "2038-01-19T03:14:08Z, 2026-01-01T00:00:00Z",
    "1969-12-31T23:59:59.5Z, 1970-01-01T00:00:00Z",
    "2100-03-01T00:00:00.25Z, 2060-01-01T00:00:00Z",
  })
  void comesBackTheSameWhenThePivotIsWithin68Years(String instant, String pivot) {
    long nanos = unixNanos(instant);
    assertThat(NtpTimestamp.ofUnixNanos(nanos).unixNanosNear(unixNanos(pivot))).isEqualTo(nanos);
  }

  @Test
  void losesNoNanosecondOnTheWayThere() {
    SplittableRandom random = new SplittableRandom(20361602);
    long base = unixNanos("2026-11-23T00:00:00Z");
    for (int i = 0; i < 100_000; i++) {
      long nanos = base + random.nextLong(86_400L * 365 * 20 * 1_000_000_000L);
      assertThat(NtpTimestamp.ofUnixNanos(nanos).unixNanosNear(base)).isEqualTo(nanos);
    }
  }

  @Test
  void keepsTheLastNanosecondOfASecondInThatSecond() {
    long bits = NtpTimestamp.bitsOfUnixNanos(unixNanos("2036-02-07T06:28:15.999999999Z"));
    assertThat(bits >>> 32).isEqualTo(0xFFFF_FFFFL);
    assertThat(bits & 0xFFFF_FFFFL).isEqualTo(4_294_967_292L);
  }

  @Test
  void differencesAreRightAcrossTheEraBoundary() {
    NtpTimestamp before = NtpTimestamp.ofUnixNanos(unixNanos("2036-02-07T06:28:15.75Z"));
    NtpTimestamp after = NtpTimestamp.ofUnixNanos(unixNanos("2036-02-07T06:28:16.25Z"));
    assertThat(after.secondsSince(before)).isEqualTo(0.5, within(1e-9));
    assertThat(before.secondsSince(after)).isEqualTo(-0.5, within(1e-9));
  }

  @Test
  void printsSecondsAndFraction() {
    assertThat(new NtpTimestamp(0x0123_4567_89AB_CDEFL)).hasToString("01234567.89abcdef");
    assertThat(NtpTimestamp.UNSET.isUnset()).isTrue();
  }
}
