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
    List<Combination.Part> agreeing =
        Combination.agreeing(
            List.of(part(0, 1e-6, 1e-6, 1.01e-6), drifting, part(0, 1e-6, 1e-6, 0.99e-6)));
    assertThat(agreeing).hasSize(2).doesNotContain(drifting);
  }

  @Test
  void leavesOutASourceFartherOffThanAnUnevenPathExplains() {
    Combination.Part off = part(6_000_000, 1e-6, 0.5e-3, 1e-6);
    assertThat(
            Combination.agreeing(
                List.of(part(0, 1e-6, 0.5e-3, 1e-6), part(800_000, 1e-6, 0.5e-3, 1e-6), off)))
        .hasSize(2)
        .doesNotContain(off);
  }

  @Test
  void followsTheClosestMajorityWhenHardlyAnyTwoAgree() {
    Combination.Part drifting = part(0, 1e-6, 1e-6, 9e-6);
    List<Combination.Part> parts =
        List.of(
            part(0, 1e-6, 1e-6, 1.0e-6),
            drifting,
            part(0, 1e-6, 1e-6, 1.2e-6),
            part(0, 1e-6, 1e-6, 1.4e-6));
    assertThat(Combination.agreeing(parts)).hasSize(3).doesNotContain(drifting);
  }

  @Test
  void keepsAllWhenNoMajorityCouldTellWhoDrifts() {
    List<Combination.Part> two = List.of(part(0, 1e-6, 0, 0), part(0, 1e-6, 0, 1e-5));
    assertThat(Combination.agreeing(two)).isEqualTo(two);
  }
}
