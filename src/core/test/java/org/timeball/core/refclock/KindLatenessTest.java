package org.timeball.core.refclock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.timeball.core.refclock.KindLateness.Settled;

class KindLatenessTest {
  private final KindLateness kind = new KindLateness(OptionalDouble.empty(), Optional.empty());

  private static void afterPulse(KindLateness kind, int times, double seconds) {
    for (int i = 0; i < times; i++) {
      kind.seenAfterPulse(seconds + 0.002 * (i % 3 - 1));
    }
  }

  @Test
  void nothingIsSettledBeforeAnythingIsSeen() {
    assertThat(kind.settled()).isEqualTo(Settled.NOT);
  }

  @Test
  void anEarlyArrivalSettlesIt() {
    afterPulse(kind, 10, 0.2);
    assertThat(kind.settled()).isEqualTo(Settled.ARRIVAL);
    assertThat(kind.lateness().getAsDouble()).isCloseTo(0.2, Offset.offset(0.01));
  }

  @Test
  void theSpreadIsKeptClearOfTheLimitToo() {
    for (int i = 0; i < 40; i++) {
      kind.seenAfterPulse(0.33 + 0.03 * (i % 3 - 1));
    }
    assertThat(kind.afterPulse().mean()).isLessThan(KindLateness.UNAMBIGUOUS);
    assertThat(kind.settled()).isEqualTo(Settled.NOT);
  }

  @Test
  void halfASecondSettlesNothing() {
    afterPulse(kind, 1000, 0.5);
    assertThat(kind.settled()).isEqualTo(Settled.NOT);
  }

  @Test
  void aSentenceThatStraddlesThePulseIsNotTornApart() {
    for (int i = 0; i < 20; i++) {
      kind.seenAfterPulse(i % 2 == 0 ? 0.995 : 0.005);
    }
    assertThat(kind.afterPulse().mean()).isCloseTo(0, Offset.offset(0.01));
  }

  @Test
  void numberedPulsesTeachAnyLateness() {
    afterPulse(kind, 10, 0.5);
    for (int i = 0; i < 10; i++) {
      kind.seenAfterSecond(1.5);
    }
    assertThat(kind.settled()).isEqualTo(Settled.LEARNED);
    assertThat(kind.lateness()).hasValue(1.5);
  }

  @Test
  void whatWasLearnedIsDroppedWhenSentencesMove() {
    for (int i = 0; i < 10; i++) {
      kind.seenAfterSecond(0.5);
    }
    kind.forgetPulses();
    afterPulse(kind, 10, 0.75);
    assertThat(kind.settled()).isEqualTo(Settled.NOT);
  }

  @Test
  void theLatenessOfAnEarlierRunWaitsForArrivalsThatFit() {
    KindLateness restored =
        new KindLateness(
            OptionalDouble.empty(), Optional.of(new LearnedLateness("gps0", "RMC", 0.52, 0.01)));
    assertThat(restored.settled()).isEqualTo(Settled.NOT);
    afterPulse(restored, 4, 0.5);
    assertThat(restored.settled()).isEqualTo(Settled.RESTORED);
  }

  @Test
  void aLastingChangeIsToldAndOutliersAreNot() {
    LatenessStatistics statistics = new LatenessStatistics();
    for (int i = 0; i < 100; i++) {
      assertThat(statistics.add(0.1)).isFalse();
    }
    assertThat(statistics.add(0.4)).isFalse();
    assertThat(statistics.add(0.1)).isFalse();
    assertThat(statistics.mean()).isCloseTo(0.1, Offset.offset(1e-9));

    boolean changed = false;
    for (int i = 0; i < 8; i++) {
      changed = statistics.add(0.2);
    }
    assertThat(changed).isTrue();
    assertThat(statistics.mean()).isCloseTo(0.2, Offset.offset(0.02));
  }
}
