package org.timeball.core.temperature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadyScaleTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void isTheRawScaleUntilARateIsSet() {
    SteadyScale scale = new SteadyScale();

    assertThat(scale.steady(123_456_789_012_345_678L)).isEqualTo(123_456_789_012_345_678L);
    assertThat(scale.raw(123_456_789_012_345_678L)).isEqualTo(123_456_789_012_345_678L);
  }

  @Test
  void gainsAtTheRateThatWasSetAndNeverJumps() {
    SteadyScale scale = new SteadyScale();
    long raw = 5 * SECOND;
    scale.setRate(raw, 2e-6);

    assertThat(scale.steady(raw)).isEqualTo(raw);
    assertThat(scale.steady(raw + 1000 * SECOND)).isEqualTo(raw + 1000 * SECOND + 2_000_000);
    scale.setRate(raw + 1000 * SECOND, -1e-6);
    assertThat(scale.steady(raw + 1000 * SECOND)).isEqualTo(raw + 1000 * SECOND + 2_000_000);
    assertThat(scale.steady(raw + 2000 * SECOND)).isEqualTo(raw + 2000 * SECOND + 1_000_000);
  }

  @Test
  void momentsOfThePastAreWhereTheyWere() {
    SteadyScale scale = new SteadyScale();
    long start = 7 * SECOND;
    Random random = new Random(1);
    long[] before = new long[600];
    for (int i = 0; i < before.length; i++) {
      long raw = start + i * 10L * SECOND;
      scale.setRate(raw, 1e-6 * random.nextGaussian());
      before[i] = scale.steady(raw + 3 * SECOND);
    }
    for (int i = 0; i < before.length; i++) {
      assertThat(scale.steady(start + i * 10L * SECOND + 3 * SECOND)).isEqualTo(before[i]);
    }
  }

  @Test
  void whoWakesAtTheRawMomentOfASteadyOneIsNotTooEarlyAndHardlyLate() {
    SteadyScale scale = new SteadyScale();
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      long raw = (i + 1) * SECOND;
      scale.setRate(raw, 40e-6 * random.nextGaussian());
      long wanted = scale.steady(raw) + (random.nextLong() >>> 26);
      long found = scale.raw(wanted);
      assertThat(scale.steady(found)).isBetween(wanted, wanted + 2);
    }
  }
}
