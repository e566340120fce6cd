package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.SourceState;
import org.timeball.core.source.UpstreamSettings;

/** Time from a peer, and time for it. */
class PeerTest {
  private static World with(long seed, List<SourceSettings> refclocks, String... names) {
    World world = World.seeded(seed);
    List<UpstreamSettings> peers = new ArrayList<>();
    for (String name : names) {
      world.peer(name);
      peers.add(TestSettings.upstream(name, UpstreamSettings.Kind.PEER, Optional.empty()));
    }
    return world.with(TestSettings.of(refclocks, peers));
  }

  private static StatusReport.Server status(World world) {
    return world.status().servers().getFirst();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 7.5", "3, 15.9", "42, 3"})
  void followsAPeerThatSendsAtItsOwnPaceWhateverThePhase(long seed, double first) {
    World world = with(seed, List.of(), "peer");
    world.peers.get("peer").active(first);
    world.until(3600);

    assertThat(world.brain.state()).as(world.log()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.served.stratum()).isEqualTo(3);
    assertThat(world.served.referenceId()).isEqualTo(TestServer.THEIRS);
    assertThat(world.largestErrorAfter(900)).isLessThan(200e-6);
    assertThat(status(world).delay().orElseThrow()).isCloseTo(0.004, within(0.0005));
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void aPeerThatIsAskedAnswersInModeTwo() {
    World world = with(1, List.of(), "peer");
    world.peers.get("peer").passive = true;
    world.until(900);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.largestErrorAfter(300)).isLessThan(200e-6);
  }

  @Test
  void thePeerCanMeasureUsByWhatWeRepeatOfIt() {
    World world = with(2, List.of(World.receiver("gps0", "gps0", "pps0")), "peer");
    TestPeer peer = world.peers.get("peer").active(5);
    peer.wrongBy = 0.25;
    world.receiver();
    world.until(900);

    assertThat(peer.measured).isCloseTo(-0.25, within(1e-3));
    ByteBuffer last = ByteBuffer.wrap(peer.heard.getLast());
    assertThat(NtpHeader.mode(last, 0)).isEqualTo(Mode.SYMMETRIC_ACTIVE);
    assertThat(NtpHeader.stratum(last, 0)).isEqualTo(1);
  }

  @Test
  void aPeerThatFollowsUsIsNotFollowed() {
    World world = with(3, List.of(), "peer");
    TestPeer peer = world.peers.get("peer").active(5);
    peer.referenceId = TestServer.OURS;
    world.until(900);

    assertThat(world.isServed()).isFalse();
    assertThat(status(world).state()).isEqualTo(SourceState.LOOP);
  }

  @Test
  void aPeerThatDoesNotKnowTheTimeIsStillToldOurs() {
    World world = with(4, List.of(World.receiver("gps0", "gps0", "pps0")), "peer");
    TestPeer peer = world.peers.get("peer").active(5);
    peer.leap = org.timeball.time.Leap.UNSYNCHRONIZED;
    peer.stratum = 0;
    peer.wrongBy = 3;
    world.receiver();
    world.until(900);

    assertThat(peer.measured).isCloseTo(-3, within(1e-3));
    assertThat(status(world).state()).isEqualTo(SourceState.UNSYNCHRONISED);
  }

  @Test
  void sendsAsOftenAsThePeerWantsWithinItsOwnLimits() {
    World world = with(5, List.of(), "peer");
    TestPeer peer = world.peers.get("peer");
    peer.poll = 5;
    peer.active(5);
    world.until(7200);

    List<Double> at = peer.heardAt;
    assertThat(at.getLast() - at.get(at.size() - 2)).isBetween(31.9, 32.1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 100})
  void aStepOfOurClockNeverShowsInWhatThePeerMeasures(double wrongBy) {
    World world = with(6, List.of(World.receiver("gps0", "gps0", "pps0")), "peer");
    TestPeer peer = world.peers.get("peer").active(5);
    world.receiver();
    world.until(600);
    world.moveClock(wrongBy);
    for (int second = 601; second < 700; second++) {
      world.until(second);
      // Half of a step that fell between what we received and what we sent would be seen here.
      assertThat(Math.abs(peer.measured - wrongBy / 2)).isGreaterThan(wrongBy / 4 - 1);
    }
    assertThat(peer.measured).isCloseTo(0, within(1e-3));
  }

  @Test
  void aFloodOfForgedPacketsNeitherMovesTheBeliefNorSilencesThePeer() {
    World world = with(7, List.of(), "peer");
    TestPeer peer = world.peers.get("peer").active(5);
    world.until(600);
    long used = status(world).used();
    world.every(
        0.2,
        600.05,
        () -> {
          byte[] forged = peer.heard.getLast().clone();
          ByteBuffer packet = ByteBuffer.wrap(forged);
          NtpHeader.stratum(packet, 0, 1);
          NtpHeader.originTimestamp(packet, 0, world.random.nextLong());
          NtpHeader.transmitTimestamp(packet, 0, world.random.nextLong());
          peer.arrive(forged);
        });
    world.until(1800);

    assertThat(status(world).used() - used).isGreaterThan(30);
    assertThat(world.servedWithoutBreakSince(300)).isTrue();
    assertThat(world.largestErrorAfter(600)).isLessThan(200e-6);
    assertThat(Math.abs(peer.measured)).isLessThan(1e-3);
    assertThat(status(world).dropped()).containsKey("2 bogus");
  }
}
