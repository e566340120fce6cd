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
    assertThat(ClockPrecision.measure(clockWithReadingsOf(nanos))).isEqualTo(exponent);
  }

  @Test
  void goesOnUntilReadingsAreQuick() {
    long[] slowFirst = new long[2_000];
    java.util.Arrays.fill(slowFirst, 3_000);
    slowFirst[1_999] = 40;

    assertThat(ClockPrecision.measure(clockWithReadingsOf(slowFirst))).isEqualTo(-24);
  }

  @Test
  void aCoarseClockIsMeasuredByItsSteps() {
    int[] readings = {0};

    assertThat(ClockPrecision.measure(() -> readings[0]++ / 100 * 1_000_000L)).isEqualTo(-9);
  }

  @Test
  void aClockThatStandsStillEndsTheMeasurement() {
    assertThat(ClockPrecision.measure(() -> 5)).isZero();
  }
}
