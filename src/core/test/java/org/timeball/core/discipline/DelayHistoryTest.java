package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DelayHistoryTest {
  @Test
  void forgetsTheOldestAndKnowsTheLeastAndTheMiddle() {
    DelayHistory history = new DelayHistory(5);
    for (double value : new double[] {9, 1, 7, 3, 3, 5, 8}) {
      history.add(value);
    }
    // 7, 3, 3, 5 and 8 are left.
    assertThat(history.size()).isEqualTo(5);
    assertThat(history.least()).isEqualTo(3);
    assertThat(history.quantile(0.5)).isEqualTo(5);
    assertThat(history.quantile(1)).isEqualTo(8);
    assertThat(history.mean()).isCloseTo(5.2, within(1e-12));
    assertThat(history.meanSquareAbove(3, 4)).isCloseTo((16 + 0 + 0 + 4 + 16) / 5.0, within(1e-12));
    history.clear();
    history.add(6);
    assertThat(history.least()).isEqualTo(6);
    assertThat(history.quantile(1)).isEqualTo(6);
  }
}
