package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.Event;
import org.timeball.core.leap.LeapFiles;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.time.Leap;

/** The leap second itself, seen from the server. */
class LeapSecondTest {
  /** 2027-01-01T00:00:00Z, in this story after a leap second. */
  private static final long MIDNIGHT =
      Instant.parse("2027-01-01T00:00:00Z").getEpochSecond() * World.SECOND;

  private static World tenMinutesBefore(long leapNanos) {
    World world = new World(1, MIDNIGHT - 600 * World.SECOND, 0.3, 40e-6, 1e-9).with(World.one());
    world.leap(MIDNIGHT, leapNanos);
    return world;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInsertionAnnouncedByTheReceiverPassesWithoutAnError(boolean saysSixty) {
    World world = tenMinutesBefore(-World.SECOND);
    TestReceiver receiver = world.receiver();
    receiver.announces = Leap.INSERT;
    receiver.saysSixty = saysSixty;
    world.until(590);
    assertThat(world.served.leap()).isEqualTo(Leap.INSERT);
    assertThat(world.armed).containsExactly(Leap.INSERT);

    world.until(600.5);
    assertThat(world.served.leap()).isEqualTo(Leap.INSERT);
    receiver.announces = Leap.NONE;
    world.until(900);

    assertThat(world.served.leap()).isEqualTo(Leap.NONE);
    assertThat(world.armed).containsExactly(Leap.INSERT, Leap.NONE);
    assertThat(world.steps).hasSize(1);
    assertThat(world.largestErrorAfter(60)).isLessThan(5e-6);
    assertThat(world.servedWithoutBreakSince(60)).as(world.log()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-World.SECOND, World.SECOND})
  void aLeapInTheFilePassesWithoutAnErrorThoughTheReceiverNeverMentionsIt(long leapNanos) {
    World world = tenMinutesBefore(leapNanos);
    world.receiver();
    world.deliver(new Event.LeapFile(LeapFiles.withLeapAt(MIDNIGHT / World.SECOND, leapNanos < 0)));

    world.until(590);
    assertThat(world.served.leap()).isEqualTo(leapNanos < 0 ? Leap.INSERT : Leap.DELETE);
    world.until(900);

    assertThat(world.steps).hasSize(1);
    assertThat(world.largestErrorAfter(60)).isLessThan(5e-6);
    assertThat(world.servedWithoutBreakSince(60)).as(world.log()).isTrue();
    assertThat(world.tai).containsExactly(37, leapNanos < 0 ? 38 : 36);
  }

  /** A kernel leaps at the first tick of the second, so some milliseconds after it. */
  @ParameterizedTest
  @ValueSource(longs = {-World.SECOND, World.SECOND})
  void staysSynchronisedWhileTheClockHasNotLeaptYet(long leapNanos) {
    World world = tenMinutesBefore(leapNanos);
    world.receiver().pulseReadingNanos = 300_000;
    world.deliver(new Event.LeapFile(LeapFiles.withLeapAt(MIDNIGHT / World.SECOND, leapNanos < 0)));
    world.until(590);
    world.notices.clear();

    world.until(615);

    assertThat(world.notices)
        .containsExactly(
            "leap second: UTC has been renumbered by %+d s".formatted(leapNanos / World.SECOND));
  }

  @Test
  void anInsertionThatNobodyAnnouncedIsFollowedWithinSeconds() {
    World world = tenMinutesBefore(-World.SECOND);
    world.receiver();

    world.until(615);

    assertThat(world.steps).as(world.log()).hasSize(2);
    assertThat(Math.abs(world.error())).isLessThan(5e-6);
  }

  @Test
  void anAnnouncementOnAnotherDayThanTheLastOfAMonthIsIgnored() {
    World world = World.seeded(1).with(World.one());
    world.receiver().announces = Leap.INSERT;

    world.until(600);

    assertThat(world.armed).isEmpty();
    assertThat(world.served.leap()).isEqualTo(Leap.NONE);
    assertThat(world.notices)
        .filteredOn(n -> n.contains("today is not the last day of a month"))
        .hasSize(1);
  }

  /** Ten minutes before the end of the month, with servers that announce what their names say. */
  private static World announcedBy(long leapNanos, Leap... leaps) {
    World world = new World(1, MIDNIGHT - 600 * World.SECOND, 0.3, 40e-6, 1e-9);
    world.leap(MIDNIGHT, leapNanos);
    List<UpstreamSettings> servers = new ArrayList<>();
    for (int i = 0; i < leaps.length; i++) {
      world.server("ntp" + i).leap = leaps[i];
      servers.add(
          new UpstreamSettings(
              AssociationSettings.of("ntp" + i, 4, 4), Standing.PLAIN, World.FLOOR));
    }
    return world.with(TestSettings.of(List.of(), servers));
  }

  @ParameterizedTest
  @ValueSource(longs = {-World.SECOND, World.SECOND})
  void aLeapSecondThatMostServersAnnouncePassesWithoutAnError(long leapNanos) {
    Leap leap = leapNanos < 0 ? Leap.INSERT : Leap.DELETE;
    World world = announcedBy(leapNanos, leap, leap, Leap.NONE);
    world.until(590);
    assertThat(world.served.leap()).isEqualTo(leap);

    world.until(900);

    assertThat(world.steps).as(world.log()).hasSize(1);
    assertThat(world.largestErrorAfter(120)).isLessThan(500e-6);
    assertThat(world.servedWithoutBreakSince(120)).as(world.log()).isTrue();
  }

  @Test
  void aLeapSecondThatAllServersAnnouncedComesThoughTheNetworkFailsBefore() {
    World world = announcedBy(-World.SECOND, Leap.INSERT, Leap.INSERT);
    world.until(300);
    world.servers.values().forEach(s -> s.silent = true);

    world.until(610);

    assertThat(world.armed).startsWith(Leap.INSERT);
    assertThat(Math.abs(world.error())).isLessThan(1e-3);
  }

  @Test
  void oneServerAloneIsNotBelievedAndItIsSaid() {
    for (Leap[] leaps : new Leap[][] {{Leap.INSERT}, {Leap.INSERT, Leap.NONE, Leap.NONE}}) {
      World world = announcedBy(0, leaps);
      world.until(590);

      assertThat(world.armed).isEmpty();
      assertThat(world.served.leap()).isEqualTo(Leap.NONE);
      assertThat(world.notices)
          .filteredOn(n -> n.contains("ntp0: announces") && n.contains("alone with that"))
          .hasSize(1);
    }
  }

  @Test
  void whatTheFileSaysOutvotesAllServers() {
    World world = announcedBy(0, Leap.DELETE, Leap.DELETE, Leap.DELETE);
    world.deliver(new Event.LeapFile(LeapFiles.validUntil(MIDNIGHT / World.SECOND + 86_400)));
    world.until(590);

    assertThat(world.served.leap()).isEqualTo(Leap.NONE);
    assertThat(world.notices).anyMatch(n -> n.contains("the leap file says otherwise"));
  }

  @Test
  void aFileThatWasMissingWhenTheServiceStartedCanBePutInPlaceOnTheLastDay() {
    World world = tenMinutesBefore(-World.SECOND);
    world.receiver();
    world.until(300);
    assertThat(world.served.leap()).isEqualTo(Leap.NONE);

    world.deliver(new Event.LeapFile(LeapFiles.withLeapAt(MIDNIGHT / World.SECOND, true)));
    world.until(700);

    assertThat(world.steps).hasSize(1);
    assertThat(world.largestErrorAfter(60)).isLessThan(5e-6);
  }

  @Test
  void oneSentenceThatAnnouncesALeapSecondIsNotBelieved() {
    World world = tenMinutesBefore(0);
    TestReceiver receiver = world.receiver();
    world.until(300);
    receiver.announces = Leap.INSERT;
    world.until(305);
    receiver.announces = Leap.NONE;

    world.until(700);

    assertThat(world.armed).isEmpty();
    assertThat(world.largestErrorAfter(60)).isLessThan(5e-6);
  }

  @Test
  void warnsFourWeeksBeforeTheFileExpiresAndSaysWhatHappensThen() {
    World world = World.seeded(1).with(World.one());
    world.receiver();
    long now = World.NOON / World.SECOND;
    world.deliver(new Event.LeapFile(LeapFiles.validUntil(now + 86_400 * 27)));
    world.until(30);
    assertThat(world.notices).anyMatch(n -> n.contains("put a newer one in its place"));

    world.deliver(new Event.LeapFile(LeapFiles.validUntil(now - 86_400)));
    world.until(60);
    assertThat(world.notices).anyMatch(n -> n.contains("and from most of the servers"));
    assertThat(world.why()).anyMatch(s -> s.contains("expired on") && s.contains("reload"));

    world.deliver(new Event.LeapFile(LeapFiles.validUntil(now + 86_400 * 200)));
    world.until(90);
    assertThat(world.why()).noneMatch(s -> s.contains("leap seconds"));
  }

  @Test
  void aBadFileIsRefusedAndTheOldTableKept() {
    World world = tenMinutesBefore(-World.SECOND);
    world.receiver();
    world.deliver(new Event.LeapFile(LeapFiles.withLeapAt(MIDNIGHT / World.SECOND, true)));
    world.deliver(new Event.LeapFile("truncated"));

    world.until(300);

    assertThat(world.notices).anyMatch(n -> n.contains("the old table is kept"));
    assertThat(world.served.leap()).isEqualTo(Leap.INSERT);
  }
}
