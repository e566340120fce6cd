package org.timeball.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.sim.expression.Variables;
import org.timeball.sim.world.WorldPlan;

class SimulationTest {
  private static Outcome run(String id, long seed) {
    return new Simulation(Scenarios.find(id, seed).orElseThrow(), seed).run();
  }

  /** All packets, and all that was done to the clock. */
  @ParameterizedTest
  @ValueSource(strings = {"S5b", "random"})
  void givesTheSameTraceForTheSameSeedAndAnotherForAnother(String id) {
    Outcome first = run(id, 7);
    assertThat(run(id, 7)).isEqualTo(first);
    assertThat(run(id, 8).traceHash()).isNotEqualTo(first.traceHash());
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

  /** 19.8 µs when the servers' estimates are averaged; each alone has 26 µs. */
  @ParameterizedTest
  @ValueSource(strings = {"S9a", "S9b"})
  void severalServersAreWorthAsMuchAsOneThatIsAskedMoreOften(String id) {
    double mean = (run(id, 1).rmsMicros() + run(id, 2).rmsMicros()) / 2;
    assertThat(mean).as("timeball sim %s --seed 1 --seeds 2", id).isLessThan(16.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void keepsTheTimeOfScenariosThatNobodyHadInView(long seed) {
    Scenario scenario = Scenarios.find(Scenarios.RANDOM, seed).orElseThrow();
    Outcome outcome = new Simulation(scenario, seed).run();
    // No worse than a crude bound that every sound discipline keeps: one exchange's noise, which
    // the delays show, and what the oscillator wanders between two exchanges.
    assertThat(outcome.rmsMicros())
        .as("timeball sim random --seed %d: %s", seed, scenario.configuration())
        .isLessThan(crudeBoundMicros(scenario));
  }

  private static double crudeBoundMicros(Scenario scenario) {
    Matcher wander = Pattern.compile("sum \\(\\* ([0-9.e+-]+)").matcher(scenario.configuration());
    assertThat(wander.find()).isTrue();
    double interval = Math.scalb(1.0, scenario.minimumPoll());
    double walk = Double.parseDouble(wander.group(1)) * Math.pow(interval, 1.5);
    WorldPlan plan = WorldPlan.parse(scenario.configuration(), 1);
    double[] delays = new double[400];
    for (int i = 0; i < delays.length; i++) {
      delays[i] = plan.delay(2, 1).orElseThrow().evaluate(Variables.NONE);
      delays[i] += plan.delay(1, 2).orElseThrow().evaluate(Variables.NONE);
    }
    Arrays.sort(delays);
    return 1e6 * (walk + delays[delays.length * 3 / 4] - delays[0]);
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
