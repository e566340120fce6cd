package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.Event;
import org.timeball.core.LeapSecond;
import org.timeball.core.NearLeap;
import org.timeball.core.ServerState;
import org.timeball.core.leap.LeapFiles;
import org.timeball.core.leap.Smear;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Standing;
import org.timeball.core.server.SmearedTime;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** A leap second spread for clients, by what the brain publishes and the clock shows. */
class SmearedServingTest {
  private static final long MIDNIGHT =
      Instant.parse("2027-01-01T00:00:00Z").getEpochSecond() * World.SECOND;

  private static final Smear SMEAR = new Smear(Smear.Shape.LINEAR, 86_400);

  /** The world's clock leaps by itself, which the receiver's label or pulse cannot outrun. */
  private static World startingAt(double secondsAfterMidnight, long leapNanos, String learned) {
    long start = MIDNIGHT + Math.round(secondsAfterMidnight * 1e9);
    World world = new World(1, start, 0.3, 40e-6, 1e-9).with(World.one(), learned);
    if (secondsAfterMidnight < 0) {
      world.leap(MIDNIGHT, leapNanos);
    }
    return world;
  }

  /** Seconds by which what clients are shown differs from what it should be. */
  private static double wrongBy(World world, Leap kind, boolean startedAfter) {
    SmearedTime smeared = new SmearedTime(SMEAR);
    smeared.of(world.served);
    long shown = smeared.unixNanos(world.clock(), world.raw());
    LeapSecond leap = new LeapSecond(kind, MIDNIGHT / World.SECOND);
    long utc = world.utc(world.elapsed());
    boolean leapt = startedAfter || world.inLeapSecond(world.elapsed()) || utc >= MIDNIGHT;
    long counted = utc + (leapt ? leap.seconds() * World.SECOND : 0);
    long right = SMEAR.shownUnixNanos(new NearLeap(leap, 0, counted), utc, 0);
    return (shown - right) * 1e-9;
  }

  @ParameterizedTest
  @ValueSource(longs = {-World.SECOND, World.SECOND})
  void clientsAreShownNoLeapThroughTheLeapSecondItself(long leapNanos) {
    Leap kind = leapNanos < 0 ? Leap.INSERT : Leap.DELETE;
    World world = startingAt(-600, leapNanos, "");
    world.receiver();
    world.deliver(new Event.LeapFile(LeapFiles.withLeapAt(MIDNIGHT / World.SECOND, leapNanos < 0)));
    for (double t = 60; t < 590; t += 10) {
      world.until(t);
      assertThat(wrongBy(world, kind, false)).as("at %.3f s", t).isBetween(-5e-6, 5e-6);
    }
    for (double t = 590; t < 610; t += 0.0371) {
      world.until(t);
      assertThat(wrongBy(world, kind, false)).as("at %.3f s", t).isBetween(-5e-6, 5e-6);
    }
  }

  @Test
  void clientsHearNothingOfTheLeapSecondButThatItIsBeingSpread() {
    World world = startingAt(-600, -World.SECOND, "");
    world.receiver();
    world.deliver(new Event.LeapFile(LeapFiles.withLeapAt(MIDNIGHT / World.SECOND, true)));
    world.until(300);

    ServerState shown = new SmearedTime(SMEAR).of(world.served);

    assertThat(world.served.leap()).isEqualTo(Leap.INSERT);
    assertThat(world.served.referenceId()).isEqualTo(ReferenceId.ofText("GPS"));
    assertThat(shown.leap()).isEqualTo(Leap.NONE);
    assertThat(Smear.isMark(shown.referenceId())).isTrue();
    assertThat(shown.stratum()).isEqualTo(world.served.stratum());
    SmearedTime smeared = new SmearedTime(SMEAR);
    smeared.of(world.served);
    long now = smeared.unixNanos(world.clock(), world.raw());
    assertThat(shown.rootDispersionAt(now))
        .isCloseTo(
            world.served.rootDispersionAt(world.clock()),
            org.assertj.core.data.Offset.offset(1e-9));
    assertThat(shown.referenceUnixNanos()).isLessThanOrEqualTo(now);
  }

  @Test
  void aStartInTheMiddleOfItShowsWhatAnEarlierStartWould() {
    for (double start : new double[] {-20_000, 10_000}) {
      World world = startingAt(start, -World.SECOND, "");
      world.receiver();
      world.deliver(new Event.LeapFile(LeapFiles.withLeapAt(MIDNIGHT / World.SECOND, true)));
      world.until(120);
      assertThat(world.isServed()).isTrue();
      assertThat(wrongBy(world, Leap.INSERT, start > 0)).isBetween(-5e-6, 5e-6);
    }
  }

  /** Without a list, only the receiver said it, before the leap. */
  @Test
  void aRestartAfterALeapSecondThatOnlyAReceiverAnnouncedStillShowsItSpread() {
    World before = startingAt(-600, -World.SECOND, "");
    before.receiver().announces = Leap.INSERT;
    before.until(400);
    assertThat(before.saved.getLast()).contains("leap insert " + MIDNIGHT / World.SECOND);

    World after = startingAt(1_000, -World.SECOND, before.saved.getLast());
    after.receiver();
    after.until(120);

    assertThat(after.isServed()).isTrue();
    assertThat(wrongBy(after, Leap.INSERT, true)).isBetween(-5e-6, 5e-6);
  }

  /** The receiver needs a minute to be believed; the earlier run had believed it. */
  @Test
  void aRestartBeforeALeapSecondKnowsItFromTheFirstMoment() {
    String learned = "timeball-state 1\nleap insert %d\n".formatted(MIDNIGHT / World.SECOND);
    World world = startingAt(-600, -World.SECOND, learned);
    world.receiver().announces = Leap.INSERT;
    world.until(30);
    assertThat(world.served.leap()).isEqualTo(Leap.INSERT);

    World denied = startingAt(-600, -World.SECOND, learned);
    denied.receiver();
    denied.until(200);
    assertThat(denied.served.leap()).isEqualTo(Leap.NONE);
  }

  @Test
  void aServerThatSpreadsALeapSecondIsNotFollowedWhileItDoes() {
    World world = new World(1, World.NOON, 0.01, 40e-6, 1e-9);
    TestServer server = world.server("ntp");
    UpstreamSettings upstream =
        new UpstreamSettings(AssociationSettings.of("ntp", 4, 4), Standing.PLAIN, World.FLOOR);
    BrainSettings defaults = BrainSettings.of(List.of(), -20);
    world.with(
        new BrainSettings(
            List.of(),
            1,
            defaults.steering(),
            defaults.holdoverBound(),
            defaults.jumpConfirmation(),
            defaults.largestJump(),
            -20,
            3600,
            List.of(upstream)));
    world.every(
        1,
        0.5,
        () ->
            server.referenceId =
                world.elapsed() < 600 * World.SECOND
                    ? Smear.mark(-world.elapsed() / 86_400 - 1_000_000).bits()
                    : ReferenceId.ofText("GPS").bits());

    world.until(590);
    assertThat(world.isServed()).isFalse();
    assertThat(world.status().servers().getFirst().fate()).isEqualTo(Fate.SMEARED);
    assertThat(world.notices).anyMatch(n -> n.contains("ntp: spreads a leap second over hours"));

    world.until(700);
    assertThat(world.isServed()).isTrue();
  }
}
