package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.refclock.RefclockSettings;
import org.timeball.core.select.Standing;
import org.timeball.core.source.SourceSettings;
import org.timeball.time.ReferenceId;

/** Sentences so late that nobody can tell late from early by their arrival. */
class HalfSecondTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.40, 0.45, 0.512, 0.55, 0.675, 0.9})
  void refusesToNumberPulsesWhileArrivalCannotTell(double lateness) {
    World world = World.seeded(1).with(World.one());
    world.receiver().lateness = lateness;

    world.until(300);

    assertThat(world.isServed()).isFalse();
    assertThat(world.steps).isEmpty();
    assertThat(world.notices).filteredOn(n -> n.contains("late for that one or early")).hasSize(1);
    assertThat(world.why()).anyMatch(s -> s.contains("set the label lateness"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.12, 0.3, 0.365})
  void numbersPulsesOfAnyReceiverThatSpeaksEarlier(double lateness) {
    World world = World.seeded(1).with(World.one());
    world.receiver().lateness = lateness;

    world.until(30);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void neverServesAWrongSecondWhileLatenessWandersRoundTheHalf() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.latenessJitter = 0.02;
    world.every(1.0, 1.0, () -> receiver.lateness = 0.5 + 0.2 * Math.sin(world.elapsed() * 1e-11));

    world.until(3600);

    assertThat(world.largestServedError).isLessThan(0.01);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void anotherSentenceKindSettlesIt() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.lateness = 0.512;
    world.until(60);
    assertThat(world.isServed()).isFalse();

    receiver.secondKind = "ZDA";
    receiver.secondLateness = 0.1;
    world.until(90);
    assertThat(world.isServed()).as(world.log()).isTrue();

    receiver.secondKind = "";
    world.until(600);
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(5e-6);
    assertThat(world.dishonestMoments).isZero();
    assertThat(world.latenessOf("RMC").lateness()).isBetween(0.50, 0.53);
    assertThat(world.latenessOf("RMC").settledBy()).isEqualTo("pulses");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.68, 1.05})
  void anOperatorWhoKnowsTheLatenessSettlesIt(double lateness) {
    RefclockSettings refclock =
        new RefclockSettings(
            "gps0", "gps0", "pps0", OptionalDouble.of(lateness), 0, 1e-6, World.FLOOR);
    SourceSettings source = new SourceSettings(refclock, ReferenceId.ofText("GPS"), Standing.PLAIN);
    World world = World.seeded(1).with(BrainSettings.of(List.of(source), -20));
    world.receiver().lateness = lateness + 0.03;

    world.until(60);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void whatWasLearnedInAnEarlierRunSettlesItIfItStillFits() {
    World world =
        World.seeded(1).with(World.one(), "timeball-state 1\nlateness gps0 RMC 0.5100 0.0100\n");
    world.receiver().lateness = 0.53;

    world.until(60);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void whatWasLearnedInAnEarlierRunIsNotTrustedIfItDoesNotFit() {
    World world =
        World.seeded(1).with(World.one(), "timeball-state 1\nlateness gps0 RMC 0.3000 0.0100\n");
    world.receiver().lateness = 0.53;

    world.until(60);

    assertThat(world.isServed()).isFalse();
  }

  @Test
  void aSecondReceiverSettlesIt() {
    World world =
        World.seeded(1)
            .with(
                BrainSettings.of(
                    List.of(
                        World.receiver("gps0", "gps0", "pps0"),
                        World.receiver("gps1", "gps1", "pps1")),
                    -20));
    world.receiver().lateness = 0.512;
    TestReceiver other = new TestReceiver(world, "gps1", "pps1");
    other.start();

    world.until(60);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.latenessOf("RMC").lateness()).isBetween(0.48, 0.54);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void aLaterSentenceOfTheSameBurstThatSpillsOverThePulseIsNotMistaken() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.lateness = 0.3;
    receiver.secondKind = "GLL";
    receiver.secondLateness = 1.1;

    world.until(60);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.dishonestMoments).isZero();
    assertThat(world.latenessOf("GLL").lateness()).isBetween(1.07, 1.13);
  }
}
