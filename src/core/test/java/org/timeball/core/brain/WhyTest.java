package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.timeball.core.Event;
import org.timeball.core.ReceiverHealth;

/** For every link of the chain that can fail: the sentence that names it and says what to do. */
class WhyTest {
  private static World silent() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.speaks = false;
    receiver.pulses = false;
    return world;
  }

  @Test
  void saysNothingButTheStateWhenAllIsWell() {
    World world = World.seeded(1).with(World.one());
    world.receiver();

    world.until(120);

    assertThat(world.why()).hasSize(1);
    assertThat(world.why().getFirst())
        .startsWith("Synchronised to gps0 as stratum 1, error within");
  }

  @Test
  void noSourceIsConfigured() {
    World world = World.seeded(1).with(BrainSettings.of(List.of(), -20));
    world.until(10);

    assertThat(world.why())
        .containsExactly(
            "Not synchronised: date and second are not proven yet.",
            "No source is configured: add a reference clock or a server to the configuration.");
  }

  @Test
  void theLineHasNotBeenOpened() {
    World world = World.seeded(1).with(World.one());
    world.until(10);

    assertThat(world.why()).contains("gps0: line gps0 has not been opened yet.");
  }

  @Test
  void theLineCannotBeOpened() {
    World world = silent();
    world.deliver(
        new Event.Line("gps0", false, "/dev/ttyAMA0: permission denied. Add the user to dialout."));
    world.until(10);

    assertThat(world.why())
        .contains(
            "gps0: line gps0 is not open: /dev/ttyAMA0: permission denied. Add the user to"
                + " dialout.");
  }

  @Test
  void theLineIsSilent() {
    World world = silent();
    world.until(30);

    assertThat(world.why())
        .contains(
            "gps0: line gps0 is open and silent since it was opened. Check wiring, power, and that"
                + " the receiver sends on this port.");
  }

  @Test
  void theLineRateIsWrong() {
    World world = silent();
    world.every(1.0, 0.5, () -> world.deliver(new Event.Octets("gps0", 300)));
    world.until(30);

    assertThat(world.why()).anyMatch(s -> s.contains("The line rate is wrong"));
  }

  @Test
  void sentencesAreDamaged() {
    World world = silent();
    world.every(
        1.0, 0.5, () -> world.deliver(new Event.Rejected("gps0", "bad checksum", "$GPRMC")));
    world.every(1.0, 0.5, () -> world.deliver(new Event.Octets("gps0", 300)));
    world.until(30.2);

    assertThat(world.why()).anyMatch(s -> s.contains("cannot be used: bad checksum (30)"));
  }

  @Test
  void theReceiverHasNoFix() {
    World world = World.seeded(1).with(World.one());
    world.receiver().fix = false;
    world.deliver(
        new Event.Health(
            "gps0",
            new ReceiverHealth(
                "none", OptionalInt.of(2), OptionalInt.of(5), OptionalDouble.empty(), "")));
    world.until(30);

    assertThat(world.why()).anyMatch(s -> s.contains("no fix (2 satellites used)"));
  }

  @Test
  void noPulseComes() {
    World world = World.seeded(1).with(World.one());
    world.receiver().pulses = false;
    world.until(30);

    assertThat(world.why())
        .anyMatch(s -> s.startsWith("gps0: no pulse on pps0 since it was opened"));
  }

  @Test
  void pulsesComeAtAnotherRate() {
    World world = World.seeded(1).with(World.one());
    world.receiver().pulses = false;
    world.every(0.2, 0.2, () -> world.deliver(new Event.Pulse("pps0", world.raw(), 0)));
    world.until(30);

    assertThat(world.why()).anyMatch(s -> s.contains("and not once a second"));
  }

  @Test
  void labelsContradictThePulses() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    world.until(120);
    receiver.labelError = -2;
    world.until(126);

    assertThat(world.why()).anyMatch(s -> s.contains("its labels say -2 s against"));
  }

  @Test
  void pulsesAreCountedOnWhileTheSentencesLineIsUnplugged() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    world.until(600);
    receiver.speaks = false;
    world.deliver(new Event.Line("gps0", false, "/dev/ttyAMA0: the device is gone."));
    world.until(660);

    assertThat(world.why().getFirst()).startsWith("Synchronised to gps0");
    assertThat(world.why())
        .contains(
            "gps0: pulses are numbered by the clock; no label confirms them.",
            "gps0: line gps0 is not open: /dev/ttyAMA0: the device is gone.");
  }

  @Test
  void pulsesAreCountedOnWhileOnlyGarbageArrives() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    world.until(600);
    receiver.speaks = false;
    world.every(1.0, 0.5, () -> world.deliver(new Event.Octets("gps0", 300)));
    world.every(
        1.0, 0.5, () -> world.deliver(new Event.Rejected("gps0", "bad checksum", "$GPRMC")));
    world.until(660);

    assertThat(world.why())
        .contains("gps0: pulses are numbered by the clock; no label confirms them.")
        .anyMatch(s -> s.startsWith("gps0: what comes on gps0 cannot be used: bad checksum"));
  }

  @Test
  void theHoldoverLimitIsPassedAndTheLineIsUnplugged() {
    BrainSettings one = World.one();
    World world =
        new World(1, World.NOON, 0.3, 40e-6, 1e-8)
            .with(
                new BrainSettings(
                    one.sources(), 1, one.steering(), 100e-6, 300, 1000, -20, 3600, List.of()));
    TestReceiver receiver = world.receiver();
    world.until(1200);
    receiver.speaks = false;
    receiver.pulses = false;
    world.deliver(new Event.Line("gps0", false, "/dev/ttyAMA0: the device is gone."));
    world.until(4800);

    assertThat(world.why())
        .containsExactly(
            "Not synchronised: the error may have passed the holdover limit, and nothing usable"
                + " is heard.",
            "gps0: line gps0 is not open: /dev/ttyAMA0: the device is gone.");
  }

  @Test
  void twoReceiversDisagree() {
    World world =
        World.seeded(1)
            .with(
                BrainSettings.of(
                    List.of(
                        World.receiver("gps0", "gps0", "pps0"),
                        World.receiver("gps1", "gps1", "pps1")),
                    -20));
    TestReceiver wrong = new TestReceiver(world, "gps1", "pps1");
    wrong.labelError = 5;
    world.receiver();
    wrong.start();
    world.until(60);

    assertThat(world.status().system().source()).isEmpty();
    assertThat(world.why()).contains("gps1: not followed: no majority agrees.");
  }
}
