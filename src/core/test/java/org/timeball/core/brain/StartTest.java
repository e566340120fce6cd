package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.Event;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.refclock.RefclockSettings;
import org.timeball.core.select.Standing;
import org.timeball.core.source.SourceSettings;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** From nothing to the first honest answer. */
class StartTest {
  private static final double MICROSECOND = 1e-6;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void synchronisesFromAThirdOfASecondAndFortyPartsPerMillionWithinTenSeconds(long seed) {
    World world = World.seeded(seed).with(World.one());
    world.receiver();

    world.until(10);
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(100 * MICROSECOND);

    world.until(120);
    assertThat(Math.abs(world.error())).isLessThan(3 * MICROSECOND);
    assertThat(world.dishonestMoments).isZero();
    assertThat(world.steps).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:30Z",
        "1996-05-05T00:00:00Z",
        "2000-01-01T00:00:00Z",
        "2035-01-01T00:00:00Z"
      })
  void synchronisesWhateverYearTheClockBootsWith(String boot) {
    double offset = (Instant.parse(boot).getEpochSecond() * World.SECOND - World.NOON) * 1e-9;
    World world = new World(1, World.NOON, offset, 40e-6, 1e-9).with(World.one());
    world.receiver();

    world.until(20);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(100 * MICROSECOND);
    assertThat(world.steps).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2036-02-07T06:27:00Z", "2038-01-19T03:13:00Z"})
  void passesTheEndOfAnEraWithoutNoticingIt(String before) {
    long start = Instant.parse(before).getEpochSecond() * World.SECOND;
    World world = new World(1, start, -0.1, 40e-6, 1e-9).with(World.one());
    world.receiver();

    world.until(240);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(5 * MICROSECOND);
    assertThat(world.steps).hasSize(1);
  }

  @Test
  void saysLeapThreeAndStratumSixteenUntilThreeLabelsAgree() {
    World world = World.seeded(1).with(World.one());
    world.receiver();

    world.until(4.5);

    assertThat(world.isServed()).isFalse();
    assertThat(world.served.stratum()).isEqualTo(16);
    assertThat(world.steps).isEmpty();
  }

  @Test
  void aStartAsUsualGivesNoWarning() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.pulses = false;
    world.until(4);
    receiver.pulses = true;

    world.until(60);

    assertThat(world.notices).noneMatch(n -> n.contains("no pulse") || n.contains("no sentence"));
  }

  @Test
  void believesNoLabelThatTheReceiverDoesNotVouchFor() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.fix = false;

    world.until(120);

    assertThat(world.isServed()).isFalse();
    assertThat(world.steps).isEmpty();
    assertThat(world.why()).anyMatch(s -> s.contains("no fix"));
  }

  @Test
  void believesNoDateBeforeTheFloor() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.labelError = -1024L * 7 * 86_400;

    world.until(120);

    assertThat(world.isServed()).isFalse();
    assertThat(world.why()).anyMatch(s -> s.contains("week count has rolled over"));
  }

  @Test
  void aReceiverThatRepeatsOneSecondForEverProvesNothing() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.stuck = true;

    world.until(120);

    assertThat(world.isServed()).isFalse();
    assertThat(world.why()).anyMatch(s -> s.contains("the same second again"));
  }

  @Test
  void aReceiverWhoseTimeRunsBackwardsProvesNothing() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    world.every(1.0, 1.5, () -> receiver.labelError -= 2);

    world.until(120);

    assertThat(world.isServed()).isFalse();
    assertThat(world.why()).anyMatch(s -> s.contains("backwards"));
  }

  @Test
  void labelsThatPiledUpUnreadProveNothing() {
    World world = World.seeded(1).with(World.one());
    TestReceiver receiver = world.receiver();
    receiver.pileUp = 10;

    world.until(200);

    assertThat(world.isServed()).isFalse();
    assertThat(world.steps).isEmpty();
  }

  @Test
  void continuesWithTheFrequencyOfTheEarlierRun() {
    World first = World.seeded(1).with(World.one());
    first.receiver();
    first.until(600);
    String learned = first.brain.learnedState();

    World second = World.seeded(1).with(World.one(), learned);
    second.receiver();
    second.until(3);

    assertThat(learned).contains("frequency 4.00").contains("lateness gps0 RMC 0.1");
    assertThat(second.clockFrequency()).isBetween(39.9e-6, 40.1e-6);
  }

  @Test
  void tellsWhenSentencesAreNotAsLateAsInTheEarlierRun() {
    World world =
        World.seeded(1).with(World.one(), "timeball-state 1\nlateness gps0 RMC 0.2200 0.0050\n");
    world.receiver();

    world.until(60);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.notices).filteredOn(n -> n.contains("in the earlier run 220 ms")).hasSize(1);
  }

  @Test
  void learnedStateOfNoUseIsNamedAndIgnored() {
    World world =
        World.seeded(1)
            .with(World.one(), "timeball-state 1\nfrequency NaN\nlateness gps0 RMC 1e9 0\n");
    world.receiver();

    world.until(20);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.notices).filteredOn(n -> n.startsWith("learned state")).hasSize(2);
  }

  @Test
  void aClockThatMayNotBeSetIsNeverServedWrongAndSaysWhatToDo() {
    World world = World.seeded(1).with(World.one());
    world.receiver();
    world.clockObeys = false;

    world.until(60);

    assertThat(world.isServed()).isFalse();
    assertThat(world.brain.state()).isEqualTo(State.CORRECTING);
    assertThat(world.why()).anyMatch(s -> s.contains("grant CAP_SYS_TIME"));
    assertThat(world.notices).filteredOn(n -> n.contains("CAP_SYS_TIME")).hasSize(1);

    world.clockObeys = true;
    world.until(120);
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.why()).noneMatch(s -> s.contains("CAP_SYS_TIME"));
  }

  @Test
  void slewsOnlyIfTheOperatorAllowsNoStep() {
    BrainSettings one = World.one();
    BrainSettings slewOnly =
        new BrainSettings(
            one.sources(),
            1,
            SteeringPolicy.DEFAULT.slewOnly(),
            0.1,
            300,
            1000,
            -20,
            3600,
            List.of());
    World world = World.seeded(1).with(slewOnly);
    world.receiver();

    world.until(900);

    assertThat(world.steps).isEmpty();
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void servesAClockThatMeasuresByItself() {
    World world =
        World.seeded(1).with(BrainSettings.of(List.of(World.receiver("shm0", "", "")), -20));
    world.every(
        8.0,
        1.0,
        () ->
            world.deliver(
                new Event.Sample(
                    "shm0",
                    world.raw(),
                    world.utc(world.elapsed()) + world.random.nextInt(2000) - 1000,
                    10e-6,
                    Leap.NONE)));

    world.until(300);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(5e-6);
    assertThat(world.served.rootDispersion()).isGreaterThan(10e-6);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void servesLabelsAloneWithAnHonestlyLargeError() {
    World world =
        World.seeded(1).with(BrainSettings.of(List.of(World.receiver("gps0", "gps0", "")), -20));
    TestReceiver receiver = world.receiver();
    receiver.pulses = false;

    world.until(120);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.served.rootDispersion()).isBetween(0.5, 1.0);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void labelsAloneAreBetterIfTheOperatorKnowsTheirLateness() {
    RefclockSettings refclock =
        new RefclockSettings("gps0", "gps0", "", OptionalDouble.of(0.12), 0, 1e-6, World.FLOOR);
    SourceSettings source = new SourceSettings(refclock, ReferenceId.ofText("GPS"), Standing.PLAIN);
    World world = World.seeded(1).with(BrainSettings.of(List.of(source), -20));
    TestReceiver receiver = world.receiver();
    receiver.pulses = false;

    world.until(300);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.served.rootDispersion()).isLessThan(0.1);
    assertThat(Math.abs(world.error())).isLessThan(0.01);
    assertThat(world.dishonestMoments).isZero();
  }
}
