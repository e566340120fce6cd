package org.timeball.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.ServerState;
import org.timeball.core.keys.KeyFile;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.select.Standing;
import org.timeball.core.server.Passive;
import org.timeball.crypto.KeyRing;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpSettings;
import org.timeball.server.config.PeerSettings;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.ListenerKeys;
import org.timeball.server.net.ListenerSettings;
import org.timeball.server.net.ResponderThread;
import org.timeball.time.Leap;

/** Peers over the loopback device, beside a listener that answers clients. */
@Timeout(60)
class SymmetricPeersTest {
  private static final SymmetricKey KEY =
      KeyFile.parse("5 SHA256 HEX:00112233445566778899aabbccddeeff").keys().getFirst();

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final UserClock clock = UserClock.startingAtRealtime();
  private final ListenerKeys keys = new ListenerKeys(List.of(KEY));
  private final AtomicReference<ServerState> published =
      new AtomicReference<>(ServerState.unsynchronized(-20));
  private ResponderThread listener;
  private SymmetricPeers peers;

  @BeforeEach
  void listen() throws NetException {
    listener = open("127.0.0.1", 0);
    listener.start();
    peers =
        new SymmetricPeers(
            (name, peer) -> listener.towards(peer, List.of()),
            clock,
            keys,
            events::add,
            host -> List.of(InetAddress.ofLiteral(host)));
  }

  @AfterEach
  void end() {
    peers.close();
    listener.close();
    clock.close();
  }

  private ResponderThread open(String host, int port) throws NetException {
    return ResponderThread.open(
        new ListenerSettings(
            "test",
            UdpSettings.of(new InetSocketAddress(InetAddress.ofLiteral(host), port)),
            false,
            true,
            Passive.OFF,
            Optional.empty()),
        published,
        clock,
        keys,
        Optional.empty(),
        List.of());
  }

  private void serve(DatagramSocket peer) {
    peers.serve(List.of(settings("peer", peer)));
  }

  private static SourceSettings settings(String name, DatagramSocket peer) {
    return new SourceSettings(
        name,
        "127.0.0.1",
        peer.getLocalPort(),
        6,
        10,
        true,
        4,
        0,
        Optional.empty(),
        false,
        false,
        Standing.PLAIN,
        0,
        Optional.of(new PeerSettings(Optional.empty())),
        Optional.empty(),
        false);
  }

  private static Action.Transmit packet(int keyId) {
    return packet("peer", keyId);
  }

  private static Action.Transmit packet(String name, int keyId) {
    ByteBuffer header = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(header, 0, Leap.NONE, 4, Mode.SYMMETRIC_ACTIVE);
    return new Action.Transmit(name, header, keyId);
  }

  private static DatagramPacket receive(DatagramSocket socket) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[200], 200);
    socket.receive(packet);
    return packet;
  }

  private static DatagramSocket socket() throws Exception {
    return new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
  }

  private <E extends Event> E next(Class<E> type) throws Exception {
    while (true) {
      Event event = events.take();
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 48", "5, 72"})
  void packetsLeaveFromTheListenersPortWithTheirTimeAndTheirCode(int keyId, int length)
      throws Exception {
    try (DatagramSocket peer = socket()) {
      serve(peer);
      peers.transmit(packet(keyId));
      DatagramPacket came = receive(peer);
      ByteBuffer octets = ByteBuffer.wrap(came.getData());

      assertThat(came.getLength()).isEqualTo(length);
      assertThat(came.getPort()).isEqualTo(listener.local().getPort());
      Event.Departed departed = next(Event.Departed.class);
      assertThat(NtpHeader.transmitTimestamp(octets, 0)).isEqualTo(departed.transmit());
      if (keyId != 0) {
        assertThat(MessageCode.verify(octets, 0, 48, 24, new KeyRing(List.of(KEY)).find(keyId)))
            .isTrue();
      }
    }
  }

  @Test
  void whatThePeerSendsIsHandedOverAfterTheDepartureThatItAnswers() throws Exception {
    try (DatagramSocket peer = socket()) {
      serve(peer);
      for (int i = 0; i < 20; i++) {
        peers.transmit(packet(0));
        DatagramPacket came = receive(peer);
        peer.send(came);
        Event.Departed departed = next(Event.Departed.class);
        assertThat(events).noneMatch(e -> e instanceof Event.Departed);
        Event.PeerPacket back = next(Event.PeerPacket.class);
        assertThat(NtpHeader.transmitTimestamp(back.packet(), 0)).isEqualTo(departed.transmit());
        assertThat(back.received().rawNanos()).isGreaterThanOrEqualTo(departed.left().rawNanos());
      }
    }
  }

  @Test
  void theListenerGoesOnToAnswerEverybodyElse() throws Exception {
    try (DatagramSocket peer = socket();
        DatagramSocket client = socket()) {
      serve(peer);
      peers.transmit(packet(0));
      receive(peer);
      byte[] request = new byte[NtpHeader.LENGTH];
      NtpHeader.leapVersionMode(ByteBuffer.wrap(request), 0, Leap.NONE, 4, Mode.CLIENT);
      client.send(new DatagramPacket(request, request.length, listener.local()));

      ByteBuffer reply = ByteBuffer.wrap(receive(client).getData());
      assertThat(NtpHeader.mode(reply, 0)).isEqualTo(Mode.SERVER);
      assertThat(events).noneMatch(e -> e instanceof Event.PeerPacket);
    }
  }

  @Test
  void eachOfSeveralPeersIsHeardByItself() throws Exception {
    try (DatagramSocket one = socket();
        DatagramSocket other = socket()) {
      peers.serve(List.of(settings("one", one), settings("other", other)));
      peers.transmit(packet("one", 0));
      DatagramPacket toOne = receive(one);
      peers.transmit(packet("other", 0));
      DatagramPacket toOther = receive(other);
      assertThat(toOther.getPort()).isEqualTo(toOne.getPort());

      one.send(toOne);
      assertThat(next(Event.PeerPacket.class).source()).isEqualTo("one");
      other.send(toOther);
      assertThat(next(Event.PeerPacket.class).source()).isEqualTo("other");
    }
  }

  @Test
  void aSecondListenerOnThePortIsStillAnError() throws Exception {
    try (DatagramSocket peer = socket()) {
      serve(peer);
      peers.transmit(packet(0));
      receive(peer);

      assertThatThrownBy(() -> open("127.0.0.1", listener.local().getPort()))
          .isInstanceOf(NetException.class);
      assertThatThrownBy(() -> open("0.0.0.0", listener.local().getPort()))
          .isInstanceOf(NetException.class);
    }
  }

  @Test
  void saysThatNothingListensThere() throws Exception {
    DatagramSocket peer = socket();
    serve(peer);
    peer.close();
    for (int i = 0; i < 3; i++) {
      peers.transmit(packet(0));
    }

    assertThat(next(Event.Unreachable.class).reason()).contains("nothing listens");
  }
}
