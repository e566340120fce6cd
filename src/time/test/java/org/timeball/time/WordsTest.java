package org.timeball.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  @Test
  void aShortNumberIsNeverBelowTheSecondsItStandsFor() {
    assertThat(NtpShort.toSeconds(NtpShort.ofSecondsRoundedUp(1e-6))).isEqualTo(0x1p-16);
    assertThat(NtpShort.ofSecondsRoundedUp(1.5)).isEqualTo(0x0001_8000);
    assertThat(NtpShort.toSeconds(0xFFFF_FFFF)).isGreaterThan(65_535.9999);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY})
  void aShortNumberCannotBeNegative(double seconds) {
    assertThat(NtpShort.ofSecondsRoundedUp(seconds)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {65_536, 1e9, Double.POSITIVE_INFINITY})
  void aShortNumberStopsAtItsLargest(double seconds) {
    assertThat(NtpShort.ofSecondsRoundedUp(seconds)).isEqualTo(0xFFFF_FFFF);
  }

  @ParameterizedTest
  @EnumSource
  void aLeapIndicatorSurvivesTheWire(Leap leap) {
    assertThat(Leap.ofWire(leap.wire())).isSameAs(leap);
    assertThat(Leap.ofWire(leap.wire() | 0xFC)).isSameAs(leap);
  }

  @ParameterizedTest
  @CsvSource({"GPS, 0x47505300", "PPS, 0x50505300", "SIM, 0x53494D00", "GPSD, 0x47505344"})
  void lettersAreLeftJustifiedAndZeroPadded(String text, String hex) {
    ReferenceId id = ReferenceId.ofText(text);
    assertThat(id.bits()).isEqualTo(Integer.decode(hex));
    assertThat(id).hasToString(text);
  }

  @Test
  void anAddressIsWrittenAsAQuad() {
    assertThat(new ReferenceId(0xC000_0201)).hasToString("192.0.2.1");
    assertThat(ReferenceId.NONE.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GPSDO", "A B", "é"})
  void refusesAReferenceIdThatCannotBeSent(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ReferenceId.ofText(text));
  }

  @Test
  void namesTheLeapSecondAndCountsItAsPosixDoes() {
    UtcTime leap = new UtcTime(1_483_228_799L, 250_000_000, true);
    assertThat(leap).hasToString("2016-12-31T23:59:60.250Z");
    assertThat(leap.unixNanos()).isEqualTo(1_483_228_800_250_000_000L);
    assertThat(UtcTime.ofUnixNanos(leap.unixNanos())).hasToString("2017-01-01T00:00:00.250Z");
  }

  @Test
  void refusesALeapSecondInTheMiddleOfTheDay() {
    assertThatIllegalArgumentException().isThrownBy(() -> new UtcTime(1_483_228_000L, 0, true));
    assertThatIllegalArgumentException().isThrownBy(() -> new UtcTime(0, 1_000_000_000, false));
  }

  @Test
  void anAddressIsAReferenceIdAsItIsOrAsTheStartOfItsDigest() throws Exception {
    assertThat(ReferenceId.ofAddress(new byte[] {127, 0, 0, 1}).dottedQuad())
        .isEqualTo("127.0.0.1");
    // The MD5 digest of the sixteen octets of ::1 begins with cf404dc8, by md5sum.
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    assertThat(ReferenceId.ofAddress(loopback).bits()).isEqualTo(0xCF404DC8);
  }
}
