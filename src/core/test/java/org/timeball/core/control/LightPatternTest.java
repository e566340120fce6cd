package org.timeball.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.timeball.core.control.StatusReport.State;

class LightPatternTest {
  @ParameterizedTest
  @EnumSource(State.class)
  void aSteadyLightMeansSynchronisedAndNothingElse(State state) {
    assertThat(LightPattern.of(state).darkMillis() == 0).isEqualTo(state == State.SYNCHRONISED);
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void aLightThatIsDarkHalfOfTheTimeMeansThatClientsAreServedNoTime(State state) {
    LightPattern pattern = LightPattern.of(state);
    assertThat(pattern.litMillis() > 2 * pattern.darkMillis())
        .isEqualTo(state == State.SYNCHRONISED || state == State.HOLDOVER);
  }
}
