package org.timeball.core.refclock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.timeball.core.refclock.PulseTrain.Finding;

class PulseTrainTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private final PulseTrain train = new PulseTrain();

  private void locked() {
    for (int i = 0; i <= 5; i++) {
      train.judge(i * SECOND);
    }
    assertThat(train.isLocked()).isTrue();
  }

  @Test
  void twoPulsesASecondApartMakeABeat() {
    assertThat(train.judge(0)).isEqualTo(Finding.ACQUIRING);
    assertThat(train.judge(SECOND)).isEqualTo(Finding.ON_BEAT);
  }

  @Test
  void pulsesFiveTimesASecondMakeNone() {
    for (int i = 0; i < 100; i++) {
      assertThat(train.judge(i * SECOND / 5)).isEqualTo(Finding.ACQUIRING);
    }
  }

  @Test
  void aLostPulseKeepsTheBeat() {
    locked();
    assertThat(train.judge(9 * SECOND)).isEqualTo(Finding.ON_BEAT);
  }

  @Test
  void aDoubledPulseIsTold() {
    locked();
    assertThat(train.judge(5 * SECOND + 1000)).isEqualTo(Finding.DOUBLED);
  }

  @Test
  void strayPulsesDoNotMoveTheBeatWhileTheGoodOnesCome() {
    locked();
    for (int i = 6; i < 60; i++) {
      assertThat(train.judge(i * SECOND)).isEqualTo(Finding.ON_BEAT);
      assertThat(train.judge(i * SECOND + 300 * MILLI)).isEqualTo(Finding.OFF_BEAT);
    }
  }

  @Test
  void pulsesThatAllComeElsewhereMoveTheBeatAfterTen() {
    locked();
    for (int i = 6; i < 15; i++) {
      assertThat(train.judge(i * SECOND + 100 * MILLI)).isEqualTo(Finding.OFF_BEAT);
    }
    assertThat(train.judge(15 * SECOND + 100 * MILLI)).isEqualTo(Finding.MOVED);
    assertThat(train.movedBy()).isCloseTo(0.1, org.assertj.core.data.Offset.offset(1e-6));
    assertThat(train.judge(16 * SECOND + 100 * MILLI)).isEqualTo(Finding.ON_BEAT);
  }

  @Test
  void afterAMinuteOfSilenceTheBeatIsFoundAnew() {
    locked();
    assertThat(train.judge(70 * SECOND + 400 * MILLI)).isEqualTo(Finding.ACQUIRING);
  }
}
