package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CombinationTest {
  private static final long NOW = 1_800_000_000_000_000_000L;

  private static Combination.Part part(
      long aheadNanos, double sigma, double bias, double frequency) {
    return new Combination.Part(
        new TimeEstimate(5, NOW + aheadNanos, frequency, sigma, 1e-8, 1e-9), bias);
  }

  @Test
  void weighsSourcesByTheirNoiseAndTheirPossibleBias() {
    TimeEstimate combined =
        Combination.of(List.of(part(0, 3e-6, 4e-6, 1e-6), part(10_000, 5e-6, 0, 1e-6)));
    assertThat(combined.unixNanos()).isEqualTo(NOW + 5000);
    assertThat(combined.phaseSigma()).isCloseTo(Math.hypot(3e-6, 5e-6) / 2, within(1e-12));
    assertThat(combined.frequency()).isCloseTo(1e-6, within(1e-15));
    assertThat(combined.frequencySigma()).isCloseTo(1e-8 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void leavesOutASourceThatDriftsAgainstTheOthers() {
    Combination.Part drifting = part(0, 1e-6, 1e-6, 2e-6);
    List<Combination.Part> steady =
        Combination.steady(
            List.of(part(0, 1e-6, 1e-6, 1.01e-6), drifting, part(0, 1e-6, 1e-6, 0.99e-6)));
    assertThat(steady).hasSize(2).doesNotContain(drifting);
  }

  @Test
  void keepsAllWhenNoMajorityCouldTellWhoDrifts() {
    List<Combination.Part> two = List.of(part(0, 1e-6, 0, 0), part(0, 1e-6, 0, 1e-5));
    assertThat(Combination.steady(two)).isEqualTo(two);
  }
}
