package org.timeball.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.ServerState;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.StateHeader;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** When time is sent to a network, and what is said there. */
class BroadcastServersTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOON = 1_795_435_200L * SECOND;
  private static final ServerState KNOWS =
      new ServerState(
          Leap.INSERT, 1, -20, 0.25, 0.5, 0, NOON, ReferenceId.ofText("GPS"), NOON - SECOND);
  private static final ServerState KNOWS_NOTHING = ServerState.unsynchronized(-20);

  private final Notices notices = new Notices();
  private final BroadcastServers servers = new BroadcastServers(notices);

  private static BroadcastServerSettings settings(String name, int poll, boolean interleaved) {
    return new BroadcastServerSettings(name, "192.0.2.255 port 123", poll, 4, 7, interleaved);
  }

  private static ClockReading at(double seconds) {
    long nanos = Math.round(seconds * 1e9);
    return new ClockReading(nanos, NOON + nanos);
  }

  private void change(BroadcastServerSettings... networks) {
    servers.change(List.of(networks), 0);
  }

  private ByteBuffer send(double seconds) {
    List<Action.Transmit> packets = servers.poll(at(seconds), KNOWS);
    assertThat(packets).hasSize(1);
    return packets.getFirst().header();
  }

  private void left(double seconds, boolean stamped) {
    servers.onDeparted(new Event.Departed("lan", 1, at(seconds), stamped));
  }

  @Test
  void saysWhatThisServerIsInModeFive() {
    change(settings("lan", 6, false));
    List<Action.Transmit> packets = servers.poll(at(0), KNOWS);
    ByteBuffer header = packets.getFirst().header();

    assertThat(packets).extracting(Action.Transmit::source).containsExactly("lan");
    assertThat(packets).extracting(Action.Transmit::keyId).containsExactly(7);
    assertThat(NtpHeader.mode(header, 0)).isEqualTo(Mode.BROADCAST);
    assertThat(NtpHeader.version(header, 0)).isEqualTo(4);
    assertThat(NtpHeader.leap(header, 0)).isEqualTo(Leap.INSERT);
    assertThat(NtpHeader.stratum(header, 0)).isEqualTo(1);
    assertThat(NtpHeader.pollExponent(header, 0)).isEqualTo(6);
    assertThat(NtpHeader.rootDelay(header, 0)).isEqualTo(1 << 14);
    assertThat(NtpHeader.rootDispersion(header, 0)).isEqualTo(1 << 15);
    assertThat(NtpHeader.referenceId(header, 0)).isEqualTo(ReferenceId.ofText("GPS").bits());
    assertThat(NtpHeader.originTimestamp(header, 0)).isZero();
    assertThat(NtpHeader.receiveTimestamp(header, 0)).isZero();
  }

  @Test
  void keepsItsPaceHoweverLateItIsAsked() {
    change(settings("lan", 6, false));
    List<Double> sent = new ArrayList<>();
    for (double seconds = 0; seconds < 300; seconds += 0.7) {
      if (!servers.poll(at(seconds), KNOWS).isEmpty()) {
        sent.add(seconds);
      }
    }

    assertThat(sent).hasSize(5);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i)).isBetween(64.0 * i, 64.0 * i + 0.7);
    }
  }

  @Test
  void makesUpForNothingAfterAPause() {
    change(settings("lan", 4, false));
    send(0);
    send(100);

    assertThat(servers.poll(at(100.1), KNOWS)).isEmpty();
    assertThat(servers.nextRawNanos()).isEqualTo(116 * SECOND);
  }

  @Test
  void isSilentWhileItDoesNotKnowTheTimeAndSpeaksWithinASecondAfter() {
    change(settings("lan", 10, false));
    for (int second = 0; second < 100; second++) {
      assertThat(servers.poll(at(second), KNOWS_NOTHING)).isEmpty();
    }
    assertThat(servers.status().getFirst().silent()).isTrue();

    assertThat(servers.nextRawNanos()).isLessThanOrEqualTo(100 * SECOND);
    send(100);
    assertThat(servers.status().getFirst().silent()).isFalse();
  }

  @Test
  void eachNetworkHasItsOwnPace() {
    change(settings("lan", 6, false), settings("lab", 4, false));

    assertThat(servers.poll(at(0), KNOWS)).hasSize(2);
    assertThat(servers.poll(at(16), KNOWS))
        .extracting(Action.Transmit::source)
        .containsExactly("lab");
  }

  @Test
  void aNetworkThatStaysInTheConfigurationKeepsItsPace() {
    change(settings("lan", 6, false));
    send(0);
    servers.change(List.of(settings("lab", 4, false), settings("lan", 6, false)), 10 * SECOND);

    assertThat(servers.poll(at(10), KNOWS))
        .extracting(Action.Transmit::source)
        .containsExactly("lab");
  }

  @Test
  void tellsWhenThePacketBeforeLeftAsTheKernelSawIt() {
    change(settings("lan", 4, true));
    assertThat(NtpHeader.originTimestamp(send(0), 0)).isZero();
    left(0.000_123, true);

    assertThat(NtpHeader.originTimestamp(send(16), 0))
        .isEqualTo(StateHeader.wireBits(NOON + 123_000));
  }

  @Test
  void tellsNoDepartureInTheBasicMode() {
    change(settings("lan", 4, false));
    send(0);
    left(0.000_123, true);

    assertThat(NtpHeader.originTimestamp(send(16), 0)).isZero();
  }

  @Test
  void tellsNoDepartureThatNobodyStamped() {
    change(settings("lan", 4, true));
    send(0);
    left(0.000_123, false);

    assertThat(NtpHeader.originTimestamp(send(16), 0)).isZero();
  }

  @Test
  void tellsNoDepartureOfAPacketBeforeTheLast() {
    change(settings("lan", 4, true));
    send(0);
    left(0.000_123, true);
    send(16);

    assertThat(NtpHeader.originTimestamp(send(32), 0)).isZero();
  }

  @Test
  void tellsNoDepartureOnAnotherScaleAfterAStep() {
    change(settings("lan", 4, true));
    send(0);
    left(0.000_123, true);
    servers.clockStepped();
    assertThat(NtpHeader.originTimestamp(send(16), 0)).isZero();

    servers.clockStepped();
    left(16.000_123, true);
    assertThat(NtpHeader.originTimestamp(send(32), 0)).isZero();
  }

  @Test
  void tellsTroubleOnceAndItsEndOnce() {
    change(settings("lan", 4, false));
    for (int i = 0; i < 3; i++) {
      send(16 * i);
      servers.onUnreachable(new Event.Unreachable("lan", "network unreachable", true));
    }
    assertThat(notices.drain())
        .extracting(Action.Notice::sentence)
        .containsExactly("lan: network unreachable");
    assertThat(servers.status().getFirst().trouble()).isEqualTo("network unreachable");

    for (int i = 3; i < 6; i++) {
      send(16 * i);
      left(16 * i, true);
    }
    assertThat(notices.drain()).hasSize(1);
    assertThat(servers.status().getFirst().trouble()).isEmpty();
    assertThat(servers.status().getFirst().sent()).isEqualTo(3);
  }
}
