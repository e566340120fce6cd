package org.timeball.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
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
import org.timeball.core.server.Passive;
import org.timeball.crypto.KeyRing;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSettings;
import org.timeball.server.config.BroadcastSettings;
import org.timeball.server.net.ListenerKeys;
import org.timeball.server.net.ListenerSettings;
import org.timeball.server.net.ResponderThread;
import org.timeball.time.Leap;

/** Packets for everybody, on the loopback device. */
@Timeout(60)
class BroadcastSendersTest {
  private static final SymmetricKey KEY =
      KeyFile.parse("5 SHA256 HEX:00112233445566778899aabbccddeeff").keys().getFirst();

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final UserClock clock = UserClock.startingAtRealtime();
  private ResponderThread listener;
  private BroadcastSenders senders;

  private void send(String host, MulticastSocket receiver, int keyId) throws NetException {
    listener =
        ResponderThread.open(
            new ListenerSettings(
                "test",
                UdpSettings.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)),
                false,
                true,
                Passive.OFF,
                Optional.empty()),
            new AtomicReference<>(ServerState.unsynchronized(-20)),
            clock,
            new ListenerKeys(List.of()),
            Optional.empty(),
            List.of());
    senders =
        new BroadcastSenders(
            (name, group) -> listener.towards(group, List.of()),
            clock,
            new ListenerKeys(List.of(KEY)),
            events::add);
    senders.serve(
        List.of(
            new BroadcastSettings(
                "lan",
                new UdpGroup(
                    new InetSocketAddress(InetAddress.ofLiteral(host), receiver.getLocalPort()),
                    Optional.of("lo"),
                    1),
                Optional.empty(),
                6,
                4,
                keyId,
                false)));
    transmit(keyId);
  }

  private void transmit(int keyId) {
    ByteBuffer header = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(header, 0, Leap.NONE, 4, Mode.BROADCAST);
    senders.transmit(new Action.Transmit("lan", header, keyId));
  }

  @AfterEach
  void end() {
    if (senders != null) {
      senders.close();
      listener.close();
    }
    clock.close();
  }

  private static DatagramPacket receive(MulticastSocket socket) throws Exception {
    socket.setSoTimeout(20_000);
    DatagramPacket packet = new DatagramPacket(new byte[200], 200);
    socket.receive(packet);
    return packet;
  }

  @ParameterizedTest
  @CsvSource({"127.255.255.255, 0, 48", "239.255.77.1, 0, 48", "239.255.77.1, 5, 72"})
  void everybodyHearsPacketsFromTheListenersPortWithTheirTimeAndTheirCode(
      String host, int keyId, int length) throws Exception {
    InetAddress address = InetAddress.ofLiteral(host);
    try (MulticastSocket receiver = new MulticastSocket(0)) {
      if (address.isMulticastAddress()) {
        receiver.joinGroup(new InetSocketAddress(address, 0), NetworkInterface.getByName("lo"));
      }
      send(host, receiver, keyId);
      DatagramPacket came = receive(receiver);
      ByteBuffer octets = ByteBuffer.wrap(came.getData());

      assertThat(came.getLength()).isEqualTo(length);
      assertThat(came.getAddress()).isEqualTo(listener.local().getAddress());
      assertThat(came.getPort()).isEqualTo(listener.local().getPort());
      Event.Departed departed = (Event.Departed) events.take();
      assertThat(departed.source()).isEqualTo("lan");
      assertThat(departed.stamped()).isTrue();
      assertThat(NtpHeader.transmitTimestamp(octets, 0)).isEqualTo(departed.transmit());
      if (keyId != 0) {
        assertThat(MessageCode.verify(octets, 0, 48, 24, new KeyRing(List.of(KEY)).find(keyId)))
            .isTrue();
      }
    }
  }

  @Test
  void saysWhatIsWrongWithTheDevice() throws Exception {
    try (MulticastSocket receiver = new MulticastSocket(0)) {
      send("239.255.77.1", receiver, 0);
      senders.serve(
          List.of(
              new BroadcastSettings(
                  "lan",
                  new UdpGroup(
                      new InetSocketAddress(InetAddress.ofLiteral("239.255.77.1"), 1123),
                      Optional.of("no-such-device"),
                      1),
                  Optional.empty(),
                  6,
                  4,
                  0,
                  false)));
      transmit(0);

      Event event = events.take();
      while (!(event instanceof Event.Unreachable)) {
        event = events.take();
      }
      assertThat(((Event.Unreachable) event).reason())
          .contains("no-such-device")
          .contains("ip link");
    }
  }
}
