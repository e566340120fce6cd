package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.Event;
import org.timeball.core.control.StatusReport.State;

/** A receiver that was good and is not any more, or not always. */
class ReceiverFaultTest {
  private static World running(long seed) {
    return World.seeded(seed).with(World.one());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneBadSentenceMovesNothing(long seed) {
    World world = running(seed);
    TestReceiver receiver = world.receiver();
    world.every(30, 100.5, () -> receiver.oneBadLabel = world.random.nextInt(7200) - 3600L);

    world.until(900);

    assertThat(world.steps).hasSize(1);
    assertThat(world.largestErrorAfter(60)).isLessThan(5e-6);
    assertThat(world.servedWithoutBreakSince(60)).as(world.log()).isTrue();
  }

  @Test
  void aJumpOfAnHourIsRefusedForAsLongAsTheClockIsKnown() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    world.until(600);

    receiver.labelError = 3600;
    world.until(3000);

    assertThat(world.brain.state()).isEqualTo(State.HOLDOVER);
    assertThat(world.steps).hasSize(1);
    assertThat(world.dishonestMoments).isZero();
    assertThat(world.why()).anyMatch(s -> s.contains("too much to be true"));

    receiver.labelError = 0;
    world.until(3060);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.steps).hasSize(1);
  }

  @Test
  void aReceiverThatJumpedMayProveItselfAnewOnceNothingIsKnownAnyMore() {
    BrainSettings one = World.one();
    BrainSettings tight =
        new BrainSettings(
            one.sources(), 1, one.steering(), 100e-6, 300, 1000, -20, 3600, List.of());
    World world = new World(1, World.NOON, 0.3, 40e-6, 1e-8).with(tight);
    TestReceiver receiver = world.receiver();
    world.until(600);

    receiver.labelError = 3600;
    world.until(700);
    assertThat(world.brain.state()).isIn(State.HOLDOVER, State.LOST);
    assertThat(world.steps).hasSize(1);

    world.until(8000);
    assertThat(world.brain.state()).as(world.log()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.steps).hasSize(2);
    assertThat(world.error()).isBetween(3599.99, 3600.01);
    assertThat(world.notices).anyMatch(n -> n.contains("Compare with another clock"));
  }

  @Test
  void aDateThatRollsOverWhileRunningIsRefused() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    world.until(600);

    receiver.labelError = 1024L * 7 * 86_400;
    world.until(1200);

    assertThat(world.brain.state()).isEqualTo(State.HOLDOVER);
    assertThat(world.steps).hasSize(1);
  }

  @Test
  void aCorrectedLeapCountIsFollowedOnceItHasLasted() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    receiver.labelError = 2;
    world.until(200);
    assertThat(world.steps).hasSize(1);

    receiver.labelError = 0;
    world.until(300);
    assertThat(world.steps).hasSize(1);

    world.until(600);
    assertThat(world.steps).hasSize(2);
    assertThat(world.steps.getLast()).isBetween(-2_000_100_000L, -1_999_900_000L);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(Math.abs(world.error())).isLessThan(5e-6);
  }

  @Test
  void aSecondThatIsWrongForTwoMinutesIsNotFollowed() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    world.until(600);

    receiver.labelError = 1;
    world.until(730);
    receiver.labelError = 0;
    world.until(1200);

    assertThat(world.steps).hasSize(1);
    assertThat(world.largestErrorAfter(60)).isLessThan(10e-6);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void popcornPulsesMoveNothing() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    world.every(
        1.0,
        0.5,
        () ->
            receiver.pulseOffset =
                world.elapsed() > 60 * World.SECOND && world.random.nextInt(20) == 0
                    ? 1e-3 * (world.random.nextInt(3) - 1)
                    : 0);

    world.until(1200);

    assertThat(world.steps).hasSize(1);
    assertThat(world.largestErrorAfter(120)).isLessThan(5e-6);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void doubledLostAndStrayPulsesMoveNothing() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    world.until(60);
    world.every(
        1.0,
        60.3,
        () -> {
          receiver.pulses = world.random.nextInt(10) > 0;
          if (world.random.nextInt(5) == 0) {
            world.deliver(new Event.Pulse("pps0", world.raw(), 0));
            world.deliver(new Event.Pulse("pps0", world.raw() + 1000, 0));
          }
        });

    world.until(900);

    assertThat(world.steps).hasSize(1);
    assertThat(world.largestErrorAfter(120)).isLessThan(10e-6);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void pulsesThatMoveToTheWrongEdgeAreNoticedAndNotFollowed() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    world.until(600);

    receiver.pulseOffset = 0.1;
    world.until(1800);

    assertThat(world.largestErrorAfter(60)).isLessThan(1e-3);
    assertThat(world.steps).hasSize(1);
    assertThat(world.notices).anyMatch(n -> n.contains("wrong edge"));
    assertThat(world.why()).anyMatch(s -> s.contains("edge"));
    assertThat(world.dishonestMoments).isZero();

    receiver.pulseOffset = 0;
    world.until(1900);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.steps).hasSize(1);
  }

  @Test
  void pulsesOfAReceiverWithoutAFixAreNotUsed() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    world.until(600);

    receiver.fix = false;
    receiver.pulseOffset = 0.0005;
    world.until(1200);
    assertThat(world.brain.state()).isEqualTo(State.HOLDOVER);
    assertThat(world.largestErrorAfter(60)).isLessThan(50e-6);
    double dispersion = world.served.rootDispersion();

    receiver.pulseOffset = 0;
    receiver.fix = true;
    world.until(1230);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.served.rootDispersion()).isLessThan(dispersion);
    assertThat(world.steps).hasSize(1);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void garbageAndSilenceAreToldApart() {
    World world = running(1);
    TestReceiver receiver = world.receiver();
    receiver.speaks = false;
    receiver.pulses = false;
    world.until(60);
    assertThat(world.why()).anyMatch(s -> s.contains("open and silent"));

    world.every(1.0, 60.5, () -> world.deliver(new Event.Octets("gps0", 480)));
    world.until(120);
    assertThat(world.why()).anyMatch(s -> s.contains("no sentence among them"));

    world.every(
        1.0, 120.5, () -> world.deliver(new Event.Rejected("gps0", "bad checksum", "$GPRMX")));
    world.until(180);
    assertThat(world.why()).anyMatch(s -> s.contains("bad checksum (60)"));
    assertThat(world.notices).filteredOn(n -> n.contains("bad checksum")).hasSize(1);
  }
}
