package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.Event;
import org.timeball.core.control.StatusReport.State;

/** Nothing usable is heard, or only half of it. */
class HoldoverTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void carriesThroughATenMinuteAntennaOutage(long seed) {
    World world = World.seeded(seed).with(World.one());
    TestReceiver receiver = world.receiver();
    world.until(1200);
    double before = world.served.rootDispersion();

    receiver.fix = false;
    receiver.pulses = false;
    world.until(1800);
    assertThat(world.brain.state()).isEqualTo(State.HOLDOVER);
    assertThat(world.served.rootDispersion()).isGreaterThan(3 * before);
    assertThat(world.status().system().untilLostSeconds().getAsDouble()).isGreaterThan(600);

    receiver.fix = true;
    receiver.pulses = true;
    world.until(1860);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.steps).hasSize(1);
    assertThat(world.dishonestMoments).isZero();
    assertThat(Math.abs(world.error())).isLessThan(5e-6);
  }

  @Test
  void isUnsynchronisedOncePastTheBoundAndRecoversWithoutAStep() {
    BrainSettings one = World.one();
    BrainSettings tight =
        new BrainSettings(
            one.sources(), 1, one.steering(), 100e-6, 300, 1000, -20, 3600, List.of());
    World world = new World(1, World.NOON, 0.3, 40e-6, 1e-8).with(tight);
    TestReceiver receiver = world.receiver();
    world.until(1200);

    receiver.speaks = false;
    receiver.pulses = false;
    world.until(4800);
    assertThat(world.brain.state()).isEqualTo(State.LOST);
    assertThat(world.isServed()).isFalse();
    assertThat(world.served.stratum()).isEqualTo(16);

    receiver.speaks = true;
    receiver.pulses = true;
    world.until(4830);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.steps).hasSize(1);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void pulsesGoOnBeingCountedWhenSentencesStop() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    world.until(600);

    receiver.speaks = false;
    world.until(7200);

    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(Math.abs(world.error())).isLessThan(5e-6);
    assertThat(world.why()).anyMatch(s -> s.contains("numbered by the clock"));

    receiver.speaks = true;
    world.until(7300);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.steps).hasSize(1);
  }

  @Test
  void pulsesAloneNumberNothingAtTheStart() {
    World world = World.seeded(1).with(World.one());
    world.receiver().speaks = false;

    world.until(600);

    assertThat(world.isServed()).isFalse();
    assertThat(world.steps).isEmpty();
  }

  @Test
  void sentencesAloneHoldTheSecondWithAGrowingAndThenALargerError() {
    World world = new World(1, World.NOON, 0.3, 40e-6, 1e-7).with(World.one());
    TestReceiver receiver = world.receiver();
    world.until(1200);

    receiver.pulses = false;
    world.until(1260);
    assertThat(world.isServed()).isTrue();
    double soon = world.served.rootDispersion();
    world.until(20_000);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.served.rootDispersion()).isGreaterThan(10 * soon);
    assertThat(world.served.rootDispersion()).isLessThan(0.1);
    assertThat(world.dishonestMoments).isZero();

    receiver.pulses = true;
    world.until(20_100);
    assertThat(Math.abs(world.error())).isLessThan(20e-6);
  }

  @Test
  void anUnpluggedLineIsNamedAndComesBackByItself() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    world.until(600);

    receiver.speaks = false;
    receiver.pulses = false;
    world.deliver(new Event.Line("gps0", false, "/dev/ttyUSB0 is gone; it is tried again."));
    world.deliver(new Event.Line("pps0", false, "/dev/pps0 is gone; it is tried again."));
    world.until(660);
    assertThat(world.why()).anyMatch(s -> s.contains("/dev/ttyUSB0 is gone"));
    assertThat(world.brain.state()).isEqualTo(State.HOLDOVER);

    receiver.speaks = true;
    receiver.pulses = true;
    world.deliver(new Event.Line("gps0", true, ""));
    world.deliver(new Event.Line("pps0", true, ""));
    world.until(690);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.steps).hasSize(1);
  }
}
