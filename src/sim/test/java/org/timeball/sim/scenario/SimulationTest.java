package org.timeball.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
  private static Outcome run(String id, long seed) {
    return new Simulation(Scenarios.find(id).orElseThrow(), seed).run();
  }

  @Test
  void givesTheSameTraceForTheSameSeedAndAnotherForAnother() {
    Outcome first = run("S3", 7);
    assertThat(run("S3", 7)).isEqualTo(first);
    assertThat(run("S3", 8).traceHash()).isNotEqualTo(first.traceHash());
  }

  /** No seed may be above 1.5 times the figure that the median has to meet. */
  @ParameterizedTest
  @CsvSource({
    "S1, 3.1",
    "S1p4, 1.5",
    "S1n, 5",
    "S2, 1.4",
    "S2p4, 0.6",
    "S3, 60",
    "S3w10, 30",
    "S4, 100",
    "S4heavy, 100",
    "S6a, 0.42",
    "S6b, 0.43",
    "S6c, 0.35",
    "S6d, 0.23",
    "S7, 0.24"
  })
  void keepsTheTimeOfEveryScenario(String id, double target) {
    Outcome outcome = run(id, 11);
    assertThat(outcome.rmsMicros()).as("timeball sim %s --seed 11", id).isLessThan(1.5 * target);
  }

  @Test
  void isNotDraggedAlongByASourceThatJumpsForTwoMinutes() {
    Outcome outcome = run("S10b", 3);
    assertThat(outcome.maxMicros()).isLessThan(10);
    assertThat(outcome.steps()).isZero();
  }

  @Test
  void writesOneJsonObjectForARun() {
    assertThat(run("S5a", 1).json())
        .matches(
            "\\{\"scenario\":\"S5a\",\"seed\":1,\"rms_us\":[0-9.e+-]+,\"median_us\":[0-9.e+-]+,"
                + "\"p95_us\":[0-9.e+-]+,\"p99_us\":[0-9.e+-]+,\"max_us\":[0-9.e+-]+,"
                + "\"freq_rms_ppb\":[0-9.e+-]+,\"converged_s\":\\{\"1ms\":[0-9.e+-]+,"
                + "\"100us\":[0-9.e+-]+,\"10us\":[0-9.e+-]+\\},\"packets\":\\d+,\"steps\":\\d+\\}");
  }
}
