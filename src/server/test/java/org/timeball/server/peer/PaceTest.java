package org.timeball.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void letsSixteenInASecondPassForeverAndCutsAFloodOff() {
    Pace polite = new Pace(0);
    for (int i = 1; i < 1000; i++) {
      assertThat(polite.allows(i * SECOND / 16)).isTrue();
    }

    Pace flooded = new Pace(0);
    int passed = 0;
    for (int i = 0; i < 100_000; i++) {
      passed += flooded.allows(i * SECOND / 10_000) ? 1 : 0;
    }
    assertThat(passed).isEqualTo(320);
  }
}
