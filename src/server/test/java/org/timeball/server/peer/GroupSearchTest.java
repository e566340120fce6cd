package org.timeball.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.timeball.core.Event;
import org.timeball.core.keys.KeyAlgorithm;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.select.Standing;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.process.ThreadEnd;
import org.timeball.server.config.NetworkSettings;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.ListenerKeys;
import org.timeball.time.Leap;

/** Searches on the loopback device, for servers that the test plays. */
@Timeout(60)
class GroupSearchTest {
  private static final InetAddress GROUP = InetAddress.ofLiteral("239.255.77.6");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final SymmetricKey KEY =
      new SymmetricKey(
          7, KeyAlgorithm.SHA1, new SymmetricKey.Secret(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));

  private final List<Event> events = new ArrayList<>();
  private MulticastSocket server;

  /** Of the group, what the server heard. */
  private final List<ByteBuffer> requests = Collections.synchronizedList(new ArrayList<>());

  /** What the server does with a request. */
  @FunctionalInterface
  private interface Answer {
    void to(ByteBuffer request, InetSocketAddress client) throws IOException;
  }

  @BeforeEach
  void join() throws IOException {
    server = new MulticastSocket(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0));
    server.joinGroup(new InetSocketAddress(GROUP, 0), NetworkInterface.getByName("lo"));
  }

  @AfterEach
  void end() {
    server.close();
  }

  private SourceSettings source(int keyId, String device, int hops, int wanted, Set<String> from) {
    InetSocketAddress group = new InetSocketAddress(GROUP, server.getLocalPort());
    return new SourceSettings(
        "lan",
        GROUP.getHostAddress(),
        group.getPort(),
        6,
        10,
        true,
        3,
        keyId,
        Optional.empty(),
        false,
        false,
        Standing.PLAIN,
        wanted,
        Optional.empty(),
        Optional.of(new NetworkSettings(new UdpGroup(group, Optional.of(device), hops), from)),
        true);
  }

  private SourceSettings source(int hops, int wanted) {
    return source(0, "lo", hops, wanted, Set.of());
  }

  /** Whose time for a ring is up when so many datagrams have come, however long they take. */
  private static final class RingClock implements PacketClock {
    private final int datagrams;
    private int reads;
    private long raw;

    RingClock(int datagrams) {
      this.datagrams = datagrams;
    }

    @Override
    public long nowRawNanos() {
      // Read at the begin of each ring, and before each datagram is waited for.
      if (++reads % (datagrams + 2) == 0) {
        raw += PATIENCE.toNanos();
      }
      return raw;
    }

    @Override
    public long nowUnixNanos() {
      throw new IllegalStateException("who searches needs no date");
    }

    @Override
    public long unixNanosOfStamp(long realtimeNanos) {
      return nowUnixNanos();
    }

    @Override
    public long rawNanosOfStamp(long realtimeNanos) {
      return nowUnixNanos();
    }

    @Override
    public long placedRawNanos(long realtimeNanos) {
      return UNPLACED;
    }
  }

  private void search(SourceSettings source, int datagrams) {
    new GroupSearch(
            source,
            new ListenerKeys(List.of(KEY)).forThread(),
            new RingClock(datagrams),
            events::add,
            PATIENCE)
        .run();
  }

  /** With the server in the background, from which so many datagrams are waited for. */
  private void search(SourceSettings source, int datagrams, Answer answer) {
    Thread serving =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                while (true) {
                  DatagramPacket datagram = new DatagramPacket(new byte[200], 200);
                  server.receive(datagram);
                  ByteBuffer request = ByteBuffer.wrap(datagram.getData());
                  requests.add(request);
                  answer.to(request, (InetSocketAddress) datagram.getSocketAddress());
                }
              } catch (IOException e) {
                // It was closed.
              }
            });
    search(source, datagrams);
    server.close();
    ThreadEnd.await(serving);
  }

  private static void send(DatagramSocket from, byte[] octets, InetSocketAddress client)
      throws IOException {
    from.send(new DatagramPacket(octets, octets.length, client));
  }

  private static byte[] reply(ByteBuffer request) {
    ByteBuffer reply = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(reply, 0, Leap.NONE, 4, Mode.SERVER);
    NtpHeader.stratum(reply, 0, 1);
    NtpHeader.originTimestamp(reply, 0, NtpHeader.transmitTimestamp(request, 0));
    return reply.array();
  }

  private void answer(ByteBuffer request, InetSocketAddress client) throws IOException {
    send(server, reply(request), client);
  }

  private Event.Unreachable failure() {
    assertThat(events).hasSize(1);
    return (Event.Unreachable) events.getFirst();
  }

  @Test
  void endsWithTheFirstRingThatHasEnough() {
    search(source(4, 1), 1, this::answer);
    assertThat(events).containsExactly(new Event.Found("lan", List.of("127.0.0.1")));
    assertThat(requests).hasSize(1);
    assertThat(NtpHeader.version(requests.getFirst(), 0)).isEqualTo(3);
  }

  @Test
  void asksOverAllRingsWhileItHasTooFew() {
    search(source(2, 2), 1, this::answer);
    assertThat(events).containsExactly(new Event.Found("lan", List.of("127.0.0.1")));
    assertThat(requests).hasSize(2);
    assertThat(NtpHeader.transmitTimestamp(requests.getFirst(), 0))
        .isEqualTo(NtpHeader.transmitTimestamp(requests.getLast(), 0))
        .isNotZero();
  }

  @Test
  void takesAShortDatagramAndThenAnAnswer() {
    search(
        source(1, 1),
        2,
        (request, client) -> {
          send(server, new byte[3], client);
          answer(request, client);
        });
    assertThat(events).containsExactly(new Event.Found("lan", List.of("127.0.0.1")));
  }

  @Test
  void whatComesFromAnotherPortIsNoAnswer() throws Exception {
    try (DatagramSocket other = new DatagramSocket()) {
      search(source(1, 1), 1, (request, client) -> send(other, reply(request), client));
    }
    assertThat(failure().reason()).contains("no server of the group answers");
    assertThat(failure().noWay()).isFalse();
  }

  @Test
  void serversThatAreNotWelcomeAreNotFound() {
    search(source(0, "lo", 1, 1, Set.of("192.0.2.1")), 1, this::answer);
    assertThat(failure().reason()).contains("no server of the group answers");
  }

  @Test
  void aFloodOfDatagramsEndsTheSearch() {
    search(
        source(1, 1),
        257,
        (request, client) -> {
          for (int i = 0; i < 256; i++) {
            send(server, new byte[3], client);
          }
          answer(request, client);
        });
    assertThat(failure().reason()).contains("no server of the group answers");
  }

  @Test
  void listensNoLongerWhenTimeIsUp() {
    search(source(2, 1), 0);
    assertThat(failure().reason()).contains("no server of the group answers");
  }

  @Test
  void saysWhichDeviceIsNotThere() {
    search(source(0, "no-such-device", 1, 1, Set.of()), 0);
    assertThat(failure().reason()).contains("'no-such-device' is not there");
    assertThat(failure().noWay()).isTrue();
  }

  @Test
  void aKeyThatIsGoneEndsItInSilence() {
    search(source(8, "lo", 1, 1, Set.of()), 0, this::answer);
    assertThat(events).isEmpty();
    assertThat(requests).isEmpty();
  }
}
