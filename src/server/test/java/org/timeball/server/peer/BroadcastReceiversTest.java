package org.timeball.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.timeball.core.Event;
import org.timeball.core.ServerState;
import org.timeball.core.select.Standing;
import org.timeball.core.server.Passive;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSettings;
import org.timeball.platform.net.UdpSocket;
import org.timeball.server.config.NetworkSettings;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.ListenerKeys;
import org.timeball.server.net.ListenerSettings;
import org.timeball.server.net.ResponderThread;

/** What is sent to everybody on the loopback device, heard beside a listener on the same port. */
@Timeout(60)
class BroadcastReceiversTest {
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final UserClock clock = UserClock.startingAtRealtime();
  private ResponderThread listener;
  private BroadcastReceivers receivers;

  @BeforeEach
  void listen() throws NetException {
    listener = open(0);
    listener.start();
    receivers =
        new BroadcastReceivers(
            group -> UdpSocket.join(group, List.of(listener.socket())), clock, events::add);
  }

  private ResponderThread open(int port) throws NetException {
    return ResponderThread.open(
        new ListenerSettings(
            "test",
            UdpSettings.of(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port)),
            false,
            true,
            Passive.OFF,
            Optional.empty()),
        new AtomicReference<>(ServerState.unsynchronized(-20)),
        clock,
        new ListenerKeys(List.of()),
        Optional.empty(),
        List.of());
  }

  @AfterEach
  void end() {
    receivers.close();
    listener.close();
    clock.close();
  }

  private int port() {
    return listener.local().getPort();
  }

  private void serve(String host, String device) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(host), port());
    receivers.serve(
        List.of(
            new SourceSettings(
                "lan",
                host,
                port(),
                6,
                10,
                true,
                4,
                0,
                Optional.empty(),
                false,
                false,
                Standing.PLAIN,
                4,
                Optional.empty(),
                Optional.of(
                    new NetworkSettings(new UdpGroup(address, Optional.of(device), 1), Set.of())),
                false)));
  }

  /** Sends until it is heard: the thread that listens may not be there at once. */
  private Event heard(String host) throws Exception {
    try (MulticastSocket sender =
        new MulticastSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      sender.setNetworkInterface(NetworkInterface.getByName("lo"));
      byte[] octets = {1, 2, 3};
      InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral(host), port());
      Event event = null;
      while (event == null) {
        sender.send(new DatagramPacket(octets, octets.length, to));
        event = events.poll(100, TimeUnit.MILLISECONDS);
      }
      return event;
    }
  }

  @ParameterizedTest
  @CsvSource({"127.255.255.255", "239.255.77.2"})
  void handsOverWhatIsForEverybodyAndWhoSentIt(String host) throws Exception {
    serve(host, "lo");
    Event.GroupPacket packet = (Event.GroupPacket) heard(host);

    assertThat(packet.source()).isEqualTo("lan");
    assertThat(packet.sender()).isEqualTo("127.0.0.1");
    assertThat(packet.packet().limit()).isEqualTo(3);
    assertThat(packet.packet().get(2)).isEqualTo((byte) 3);
    long age = clock.nowRawNanos() - packet.received().rawNanos();
    assertThat(age).isBetween(0L, 60_000_000_000L);
  }

  @Test
  void aSecondListenerOnThePortIsStillAnError() throws Exception {
    serve("127.255.255.255", "lo");
    heard("127.255.255.255");

    assertThatThrownBy(() -> open(port())).isInstanceOf(NetException.class);
  }

  @Test
  void saysWhatIsWrongAndEndsAtOnceAllTheSame() throws Exception {
    serve("239.255.77.2", "no-such-device");
    Event.Unreachable event = (Event.Unreachable) events.take();

    assertThat(event.source()).isEqualTo("lan");
    assertThat(event.reason()).contains("no-such-device").contains("ip link");
  }
}
