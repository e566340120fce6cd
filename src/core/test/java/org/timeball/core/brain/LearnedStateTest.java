package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.LeapSecond;
import org.timeball.core.discipline.Rehearsals;
import org.timeball.core.refclock.LearnedLateness;
import org.timeball.core.temperature.LearnedWarmth;
import org.timeball.time.Leap;

class LearnedStateTest {
  @Test
  void readsWhatItWrote() {
    LearnedState state =
        new LearnedState(
            OptionalDouble.of(-12.5e-6),
            List.of(
                new LearnedLateness("gps0", "RMC", 0.1234, 0.005),
                new LearnedLateness("gps0", "ZDA", 0.0456, 0.001)),
            Optional.of(1_795_435_200_000_000_000L),
            Optional.of(new LeapSecond(Leap.DELETE, 1_798_761_600L)),
            List.of(new Rehearsals.Outcome(1024, 12, 2.5e-18)),
            new LearnedWarmth(
                Optional.of(43.125),
                Optional.of(new LearnedWarmth.Range(-3.5, 61.25)),
                List.of(
                    new LearnedWarmth.Coefficients(0, 0.25, -1e-6, 1e-8, 2e-7, 1e-8),
                    new LearnedWarmth.Coefficients(240, 0.75, -1.5e-6, 3e-8, 1e-7, 2e-8))),
            List.of());

    assertThat(LearnedState.parse(state.text())).isEqualTo(state);
  }

  @Test
  void anEmptyTextIsAFirstStartAndNoReasonToComplain() {
    assertThat(LearnedState.parse("")).isEqualTo(LearnedState.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "12.5", "timeball-state 2\nfrequency 1e-6\n", "\0\0\0"})
  void anotherFileOrVersionIsIgnoredWholeWithOneComplaint(String text) {
    LearnedState state = LearnedState.parse(text);

    assertThat(state.frequency()).isEmpty();
    assertThat(state.complaints()).hasSize(1);
    assertThat(state.complaints().getFirst()).contains("learned anew");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frequency NaN",
        "frequency Infinity",
        "frequency 1",
        "frequency -0.001",
        "frequency",
        "frequency 1e-6 1e-6",
        "frequency twelve",
        "lateness gps0 RMC NaN 0.1",
        "lateness gps0 RMC 0.1 NaN",
        "lateness gps0 RMC 0.1 -1",
        "lateness gps0 RMC 1e300 0.1",
        "lateness gps0 RMC 0.1",
        "leap insert",
        "leap none 1798761600",
        "leap insert 1798761601",
        "leap insert -86400",
        "rehearsal 256 3",
        "rehearsal 300 3 1e-18",
        "rehearsal 256 -3 1e-18",
        "rehearsal 256 3 -1e-18",
        "rehearsal 256 3 NaN",
        "celsius NaN",
        "celsius 1000",
        "temperatures 50 20",
        "temperatures NaN 20",
        "warmth 0 0.5 1e-6 1e-8 1e-7",
        "warmth 0 2 1e-6 1e-8 1e-7 1e-8",
        "warmth 0 0.5 NaN 1e-8 1e-7 1e-8",
        "warmth 0 0.5 1e-6 0 1e-7 1e-8",
        "warmth 0 0.5 1 1e-8 1e-7 1e-8",
        "colour blue"
      })
  void aLineThatCannotBeIsNamedAndTheRestUsed(String line) {
    LearnedState state =
        LearnedState.parse("timeball-state 1\n" + line + "\nlateness gps0 GGA 0.2 0.01\n");

    assertThat(state.frequency()).isEmpty();
    assertThat(state.lateness()).extracting(LearnedLateness::kind).containsExactly("GGA");
    assertThat(state.complaints()).hasSize(1);
    assertThat(state.complaints().getFirst()).startsWith("learned state, line 2 ignored");
  }

  @Test
  void aHugeFileIsNotRead() {
    LearnedState state = LearnedState.parse("timeball-state 1\n" + "x\n".repeat(100_000));

    assertThat(state.complaints()).hasSize(1);
    assertThat(state.complaints().getFirst()).contains("characters long");
  }
}
