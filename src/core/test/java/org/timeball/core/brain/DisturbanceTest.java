package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.control.StatusReport.State;

/** Somebody moves the clock, or nothing runs for a while. */
class DisturbanceTest {
  @ParameterizedTest
  @ValueSource(doubles = {100, -100, 1e5, -1e5, 0.3})
  void aClockThatSomebodyElseMovedIsDoubtedAtOnceAndPutBack(double seconds) {
    World world = World.seeded(1).with(World.one());
    world.receiver();
    world.until(300.4);

    world.moveClock(seconds);
    assertThat(world.isServed()).isFalse();
    assertThat(world.brain.state()).isEqualTo(State.VERIFYING);

    world.until(320);
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(10e-6);
    assertThat(world.dishonestMoments).isZero();
    assertThat(world.steps.getLast())
        .isCloseTo(-Math.round(seconds * 1e9), org.assertj.core.data.Offset.offset(1_000_000L));
  }

  @Test
  void aMovedClockStaysUnsynchronisedWhileNothingCanVerifyIt() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    world.until(300);
    receiver.speaks = false;
    receiver.pulses = false;
    world.until(310);

    world.moveClock(5);
    world.until(400);

    assertThat(world.isServed()).isFalse();
    assertThat(world.steps).hasSize(1);
  }

  @Test
  void aProcessStoppedForTenMinutesVerifiesBeforeItServesAgain() {
    World world = World.seeded(1).with(World.one());
    world.receiver();
    world.until(600);

    world.freeze(true);
    world.until(1200);
    world.freeze(false);
    world.until(1202);
    assertThat(world.isServed()).isFalse();

    world.until(1230);
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(20e-6);
    assertThat(world.steps).hasSize(1);
    assertThat(world.dishonestMoments).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 20.25, 7200, 7200.75})
  void aMachineThatSleptFindsTheSecondAgain(double seconds) {
    World world = World.seeded(1).with(World.one());
    world.receiver();
    world.until(600);

    world.suspend(seconds);
    world.until(600 + seconds + 60);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(50e-6);
    assertThat(world.dishonestMoments).isZero();
  }
}
