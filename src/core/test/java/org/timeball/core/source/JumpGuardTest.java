package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.timeball.core.source.JumpGuard.Finding;

class JumpGuardTest {
  private static final long SECOND = 1_000_000_000L;
  private final JumpGuard guard = new JumpGuard(300, 1000);

  private Finding at(int second, double residual) {
    return guard.judge(second * SECOND, residual, 1e-3);
  }

  @Test
  void whatIsWithinTheToleranceIsPlausible() {
    assertThat(at(0, 0.9e-3)).isEqualTo(Finding.PLAUSIBLE);
  }

  @Test
  void aJumpIsFollowedOnceItHasLasted() {
    for (int i = 0; i < 300; i++) {
      assertThat(at(i, 1.0)).isEqualTo(Finding.HELD);
    }
    assertThat(at(300, 1.0)).isEqualTo(Finding.CONFIRMED);
  }

  @Test
  void aJumpThatKeepsMovingIsNeverConfirmed() {
    for (int i = 0; i < 2000; i++) {
      assertThat(at(i, 1.0 + i * 0.01)).isEqualTo(Finding.HELD);
    }
  }

  @Test
  void onePlausibleSampleEndsTheJump() {
    for (int i = 0; i < 299; i++) {
      at(i, 1.0);
    }
    assertThat(at(299, 0)).isEqualTo(Finding.PLAUSIBLE);
    assertThat(at(300, 1.0)).isEqualTo(Finding.HELD);
  }

  @Test
  void aJumpBeyondTheLimitIsHeldForEver() {
    for (int i = 0; i < 5000; i += 10) {
      assertThat(at(i, 3600)).isEqualTo(Finding.HELD);
    }
    assertThat(guard.isBeyondFollowing()).isTrue();
  }

  @Test
  void anExpectedJumpNeedsAFewSamplesOnly() {
    guard.expect(7200, 0);
    assertThat(at(0, 7200.4)).isEqualTo(Finding.HELD);
    assertThat(at(1, 7200.4)).isEqualTo(Finding.HELD);
    assertThat(at(2, 7200.4)).isEqualTo(Finding.HELD);
    assertThat(at(3, 7200.4)).isEqualTo(Finding.CONFIRMED);
    assertThat(at(4, -3.0)).isEqualTo(Finding.HELD);
  }

  @Test
  void anExpectationPasses() {
    guard.expect(50, 0);
    for (int i = 121; i < 200; i++) {
      assertThat(at(i, 50.1)).isEqualTo(Finding.HELD);
    }
  }
}
