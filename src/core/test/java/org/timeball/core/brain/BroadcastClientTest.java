package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.time.Leap;

/** Time from servers that send unasked. */
class BroadcastClientTest {
  private static final String FIRST = "10.0.0.9";
  private static final String SECOND = "10.0.0.10";

  private static World with(long seed, int most, boolean interleaved, String... senders) {
    World world = World.seeded(seed);
    world.host(FIRST);
    world.host(SECOND);
    AssociationSettings association =
        new AssociationSettings("lan", 6, 10, 4, true, 0, false, interleaved);
    return world.with(
        TestSettings.of(
            List.of(),
            List.of(
                new UpstreamSettings(
                    association,
                    Standing.PLAIN,
                    World.FLOOR,
                    most,
                    UpstreamSettings.Kind.BROADCAST,
                    Optional.empty(),
                    Set.of(senders)))));
  }

  private static World usual(long seed) {
    return with(seed, 4, false);
  }

  private static int requests(World world, String address) {
    return world.hosts.get(address).requests.size();
  }

  private static StatusReport.Server server(World world) {
    return world.status().servers().getFirst();
  }

  private static StatusReport.Network network(World world) {
    return world.status().networks().getFirst();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void asksOnceHowFarAwayTheServerIsAndThenOnlyListens(long seed) {
    World world = usual(seed);
    TestBroadcaster.active(world, "lan", FIRST, 6, 5);
    world.until(900);
    int asked = requests(world, FIRST);
    long used = server(world).used();
    world.until(7200);

    assertThat(asked).isBetween(8, 24);
    assertThat(requests(world, FIRST)).isEqualTo(asked);
    assertThat(server(world).used() - used).isGreaterThan(90);
    assertThat(server(world).name()).isEqualTo("lan#1");
    assertThat(server(world).reach()).isEqualTo(0xFF);
    assertThat(world.brain.state()).as(world.log()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.servedWithoutBreakSince(300)).isTrue();
    assertThat(world.largestErrorAfter(900)).isLessThan(200e-6);
    assertThat(world.dishonestMoments).isZero();
    assertThat(network(world).heard()).isGreaterThan(100);
    assertThat(network(world).followed()).isEqualTo(1);
  }

  @Test
  void packetsForEverybodyMayTakeAnotherWayThanAnswers() {
    World world = usual(5);
    TestBroadcaster all = TestBroadcaster.active(world, "lan", FIRST, 6, 5);
    all.delay = 0.05;
    all.queueing = 0.002;
    world.until(7200);

    assertThat(world.servedWithoutBreakSince(300)).as(world.log()).isTrue();
    assertThat(world.largestErrorAfter(900)).isLessThan(3e-3);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void aWayThatHasChangedIsMeasuredAnew() {
    World world = usual(6);
    TestBroadcaster all = TestBroadcaster.active(world, "lan", FIRST, 6, 5);
    world.until(1800);
    int asked = requests(world, FIRST);
    all.delay = 0.02;
    world.until(7200);

    assertThat(requests(world, FIRST)).isBetween(asked + 8, asked + 24);
    assertThat(world.largestErrorAfter(900)).as(world.log()).isLessThan(500e-6);
    assertThat(world.servedWithoutBreakSince(300)).isTrue();
  }

  @Test
  void whoHoldsEveryPacketBackDoesNotMoveTheClock() {
    World world = usual(7);
    TestBroadcaster all = TestBroadcaster.active(world, "lan", FIRST, 4, 5);
    world.until(1800);
    all.delay = 0.7;
    world.until(10_800);

    assertThat(world.largestErrorAfter(900)).as(world.log()).isLessThan(500e-6);
  }

  @Test
  void aPacketThatIsPlayedAgainCountsForNothing() {
    World world = usual(8);
    TestBroadcaster all = TestBroadcaster.active(world, "lan", FIRST, 6, 5);
    world.until(1800);
    long used = server(world).used();
    for (byte[] old : List.copyOf(all.sent)) {
      all.arrive(old);
    }

    assertThat(server(world).used()).isEqualTo(used);
    assertThat(server(world).dropped()).containsEntry("1 duplicate", (long) all.sent.size());
    assertThat(world.isServed()).isTrue();
  }

  @Test
  void aServerThatFallsSilentMakesRoomForAnother() {
    World world = with(9, 1, false);
    TestBroadcaster first = TestBroadcaster.active(world, "lan", FIRST, 4, 5);
    TestBroadcaster.active(world, "lan", SECOND, 4, 8);
    world.until(900);
    assertThat(requests(world, SECOND)).isZero();
    assertThat(network(world).dropped()).containsKey("4 access denied");

    first.silent = true;
    world.until(3600);
    assertThat(requests(world, SECOND)).isGreaterThanOrEqualTo(8);
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.log()).contains(FIRST + " is not heard any more");
  }

  @Test
  void threeServersOutvoteOneThatIsWrong() {
    World world = usual(10);
    world.host("10.0.0.11");
    world.host("10.0.0.12").wrongBy = 0.5;
    for (int host = 9; host <= 12; host++) {
      TestBroadcaster.active(world, "lan", "10.0.0." + host, 4, host);
    }
    world.until(1800);

    assertThat(world.status().servers()).hasSize(4);
    assertThat(world.largestErrorAfter(600)).as(world.log()).isLessThan(1e-3);
  }

  @Test
  void aServerThatDoesNotAnswerIsNeverFollowedAndSoonLeftInPeace() {
    World world = usual(11);
    world.hosts.get(FIRST).silent = true;
    TestBroadcaster.active(world, "lan", FIRST, 4, 5);
    world.until(3000);

    assertThat(world.isServed()).isFalse();
    assertThat(requests(world, FIRST)).isLessThan(20);
    assertThat(world.log()).contains("does not answer");
  }

  @Test
  void nobodyIsAskedWhoDoesNotKnowTheTime() {
    World world = usual(12);
    world.hosts.get(FIRST).leap = Leap.UNSYNCHRONIZED;
    TestBroadcaster.active(world, "lan", FIRST, 4, 5);
    world.until(600);

    assertThat(requests(world, FIRST)).isZero();
    assertThat(network(world).dropped()).containsKey("6 unsynchronised");
  }

  @Test
  void onlyThoseWhoAreNamedAreListenedTo() {
    World world = with(13, 4, false, SECOND);
    TestBroadcaster.active(world, "lan", FIRST, 4, 5);
    TestBroadcaster.active(world, "lan", SECOND, 4, 8);
    world.until(900);

    assertThat(requests(world, FIRST)).isZero();
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(network(world).dropped()).containsKey("4 access denied");
  }

  @Test
  void aDepartureThatIsToldLaterIsBetterThanOneThatWasForetold() {
    World plain = with(14, 4, false);
    TestBroadcaster.active(plain, "lan", FIRST, 4, 5).slowness = 0.002;
    World late = with(14, 4, true);
    TestBroadcaster told = TestBroadcaster.active(late, "lan", FIRST, 4, 5);
    told.slowness = 0.002;
    told.interleaved = true;
    plain.until(3600);
    late.until(3600);

    assertThat(server(plain).interleaved()).isZero();
    assertThat(server(late).interleaved()).isGreaterThan(150);
    assertThat(late.largestErrorAfter(900)).as(late.log()).isLessThan(100e-6);
  }

  @Test
  void aDepartureOfAPacketThatWasLostIsNotUsed() {
    World world = with(15, 4, true);
    TestBroadcaster all = TestBroadcaster.active(world, "lan", FIRST, 4, 5);
    all.interleaved = true;
    world.until(1800);
    long used = server(world).used();
    all.bend =
        packet -> {
          byte[] other = packet.clone();
          NtpHeader.originTimestamp(
              java.nio.ByteBuffer.wrap(other),
              0,
              NtpHeader.originTimestamp(java.nio.ByteBuffer.wrap(other), 0) + (16L << 32));
          return other;
        };
    world.until(1830);

    assertThat(server(world).used() - used).isLessThanOrEqualTo(1);
    assertThat(server(world).dropped()).containsKey("3 invalid");
  }

  @Test
  void afterAPauseTheServerIsAskedBeforeItsPacketsAreBelieved() {
    World world = usual(16);
    TestBroadcaster.active(world, "lan", FIRST, 6, 5);
    world.until(1800);
    int asked = requests(world, FIRST);
    world.freeze(true);
    world.until(1900);
    world.freeze(false);
    world.until(1960);

    assertThat(requests(world, FIRST)).isGreaterThan(asked);
    assertThat(world.isServed()).as(world.log()).isTrue();
  }

  @Test
  void theOperatorsWordEndsListening() {
    World world = usual(17);
    TestBroadcaster.active(world, "lan", FIRST, 4, 5);
    world.until(900);
    long used = server(world).used();
    assertThat(world.brain.setOnline("lan", false, world.reading())).isTrue();
    world.until(1200);
    assertThat(server(world).used()).isEqualTo(used);

    world.brain.setOnline("lan", true, world.reading());
    world.until(1500);
    assertThat(server(world).used()).isGreaterThan(used);
  }
}
