package org.timeball.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockPrecisionTest {
  /** Each reading takes the next of these, and the last for ever. */
  private static LongSupplier clockWithReadingsOf(long... nanos) {
    int[] readings = {0};
    long[] now = {1_795_456_000_000_000_000L};
    return () -> now[0] += nanos[Math.min(readings[0]++, nanos.length - 1)];
  }

  @ParameterizedTest
  @CsvSource({"25, -25", "30, -24", "59, -24", "60, -23", "1000, -19", "1, -29"})
  void isTheTimeOfAReadingRoundedUpToAPowerOfTwo(long nanos, int exponent) {
    assertThat(new ClockPrecision(clockWithReadingsOf(nanos)).exponent()).isEqualTo(exponent);
  }

  @Test
  void goesOnUntilReadingsAreQuick() {
    long[] slowFirst = new long[2_000];
    java.util.Arrays.fill(slowFirst, 3_000);
    slowFirst[1_999] = 40;

    assertThat(new ClockPrecision(clockWithReadingsOf(slowFirst)).exponent()).isEqualTo(-24);
  }

  @Test
  void isMeasuredAgainWhenAskedUntilReadingsAreQuick() {
    long[] slowStart = new long[10_400];
    java.util.Arrays.fill(slowStart, 3_000);
    slowStart[10_399] = 40;
    ClockPrecision precision = new ClockPrecision(clockWithReadingsOf(slowStart));

    assertThat(precision.exponent()).isEqualTo(-18);
    assertThat(precision.exponent()).isEqualTo(-24);
  }

  @Test
  void aCoarseClockIsMeasuredByItsSteps() {
    int[] readings = {0};

    assertThat(new ClockPrecision(() -> readings[0]++ / 100 * 1_000_000L).exponent()).isEqualTo(-9);
  }

  @Test
  void aClockThatStandsStillEndsTheMeasurement() {
    assertThat(new ClockPrecision(() -> 5).exponent()).isZero();
  }
}
