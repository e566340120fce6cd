package org.timeball.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.select.Standing;
import org.timeball.platform.clock.UserClock;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.ListenerKeys;
import org.timeball.time.ReferenceId;

/** Requests and replies over the loopback device. */
@Timeout(60)
class PeersTest {
  private static final long LONG_ENOUGH_NANOS = 20_000_000_000L;
  private static final long SHORT_NANOS = 1_000_000L;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final UserClock clock = UserClock.startingAtRealtime();
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final Peers peers =
      new Peers(clock, events::add, this::lookUp, new ListenerKeys(List.of()));

  private List<InetAddress> lookUp(String name) throws UnknownHostException {
    if (!Character.isDigit(name.charAt(0)) && !names.containsKey(name)) {
      throw new UnknownHostException(name);
    }
    return names.getOrDefault(name, List.of(name)).stream().map(InetAddress::ofLiteral).toList();
  }

  @AfterEach
  void end() {
    peers.close();
    clock.close();
  }

  private void serve(String address, int port) {
    peers.serve(
        List.of(
            new SourceSettings(
                "ntp",
                address,
                port,
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
                Optional.empty(),
                Optional.empty(),
                false)));
  }

  private static Action.Ask question(long nonce, long patienceNanos) {
    byte[] request = new byte[NtpHeader.LENGTH];
    NtpHeader.transmitTimestamp(ByteBuffer.wrap(request), 0, nonce);
    return new Action.Ask("ntp", ByteBuffer.wrap(request), patienceNanos);
  }

  private static DatagramSocket server(String host) throws IOException {
    return new DatagramSocket(0, InetAddress.ofLiteral(host));
  }

  @Test
  void handsOverEverythingThatTheServerSendsAndTellsFirstWhereItIs() throws Exception {
    try (DatagramSocket server = server("127.0.0.1")) {
      serve("127.0.0.1", server.getLocalPort());
      peers.ask(question(42, LONG_ENOUGH_NANOS));
      DatagramPacket asked = new DatagramPacket(new byte[100], 100);
      server.receive(asked);
      for (int length : List.of(1, 48, 700)) {
        server.send(new DatagramPacket(new byte[length], length, asked.getSocketAddress()));
      }

      assertThat(events.take())
          .isInstanceOfSatisfying(
              Event.Resolved.class,
              resolved -> {
                assertThat(resolved.theirs()).isEqualTo(new ReferenceId(0x7F000001));
                assertThat(resolved.ours()).contains(new ReferenceId(0x7F000001));
              });
      for (int length : List.of(1, 48, 700)) {
        Event.Reply reply = (Event.Reply) events.take();
        assertThat(reply.packet().limit()).isEqualTo(length);
        assertThat(reply.requestTransmit()).isEqualTo(42);
        assertThat(reply.receivedRawNanos()).isGreaterThanOrEqualTo(reply.sentRawNanos());
      }
    }
  }

  @Test
  void everyRequestLeavesFromAnotherPort() throws Exception {
    try (DatagramSocket server = server("127.0.0.1")) {
      serve("127.0.0.1", server.getLocalPort());
      List<Integer> ports = new ArrayList<>();
      DatagramPacket asked = new DatagramPacket(new byte[100], 100);
      for (int i = 0; i < 8; i++) {
        peers.ask(question(i, SHORT_NANOS));
        server.receive(asked);
        ports.add(asked.getPort());
      }
      assertThat(ports.stream().distinct().count()).isGreaterThan(6);
    }
  }

  @Test
  void aFloodOfRepliesIsCutOff() throws Exception {
    try (DatagramSocket server = server("127.0.0.1")) {
      serve("127.0.0.1", server.getLocalPort());
      peers.ask(question(1, LONG_ENOUGH_NANOS));
      DatagramPacket asked = new DatagramPacket(new byte[100], 100);
      server.receive(asked);
      for (int i = 0; i < 40; i++) {
        server.send(new DatagramPacket(new byte[48], 48, asked.getSocketAddress()));
      }
      peers.ask(question(2, SHORT_NANOS));
      // The second request is carried only when the first one's replies are done with.
      server.receive(asked);
      assertThat(events).filteredOn(e -> e instanceof Event.Reply).hasSize(16);
    }
  }

  @Test
  void saysThatNothingListensAndThatANameIsUnknown() throws Exception {
    int closed;
    try (DatagramSocket server = server("127.0.0.1")) {
      closed = server.getLocalPort();
    }
    serve("127.0.0.1", closed);
    peers.ask(question(1, LONG_ENOUGH_NANOS));
    assertThat(events.take()).isInstanceOf(Event.Resolved.class);
    assertThat(events.take().toString()).contains("nothing listens");

    serve("no-such-name.invalid", 123);
    peers.ask(question(2, LONG_ENOUGH_NANOS));
    assertThat(events.take().toString()).contains("'no-such-name.invalid' cannot be looked up");
  }

  @Test
  void aPoolIsLookedUpAndItsMembersAreAskedWhereTheyAre() throws Exception {
    try (DatagramSocket server = server("127.0.0.2")) {
      SourceSettings pool =
          new SourceSettings(
              "pool",
              "pool.example",
              server.getLocalPort(),
              6,
              10,
              true,
              4,
              0,
              Optional.empty(),
              false,
              false,
              Standing.PLAIN,
              2,
              Optional.empty(),
              Optional.empty(),
              false);
      peers.serve(List.of(pool));
      peers.carryOut(new Action.LookUp("pool"));
      assertThat(events.take()).isInstanceOf(Event.Unreachable.class);

      names.put("pool.example", List.of("127.0.0.2", "127.0.0.3"));
      peers.carryOut(new Action.LookUp("pool"));
      assertThat(events.take())
          .isEqualTo(new Event.Found("pool", List.of("127.0.0.2", "127.0.0.3")));

      peers.carryOut(new Action.Enlist("pool#1", "pool", "127.0.0.2"));
      peers.serve(List.of(pool));
      peers.ask(new Action.Ask("pool#1", ByteBuffer.wrap(new byte[NtpHeader.LENGTH]), SHORT_NANOS));
      server.receive(new DatagramPacket(new byte[100], 100));
      assertThat(events.take().toString()).contains("pool#1", "127.0.0.2 port");

      peers.carryOut(new Action.Dismiss("pool#1"));
      peers.ask(new Action.Ask("pool#1", ByteBuffer.wrap(new byte[NtpHeader.LENGTH]), SHORT_NANOS));
      assertThat(events).isEmpty();
    }
  }

  @Test
  void aServerThatIsConfiguredAsBeforeIsNotDisturbed() throws Exception {
    try (DatagramSocket server = server("127.0.0.1")) {
      serve("127.0.0.1", server.getLocalPort());
      peers.ask(question(1, LONG_ENOUGH_NANOS));
      DatagramPacket asked = new DatagramPacket(new byte[100], 100);
      server.receive(asked);
      assertThat(events.take()).isInstanceOf(Event.Resolved.class);

      serve("127.0.0.1", server.getLocalPort());
      server.send(new DatagramPacket(new byte[48], 48, asked.getSocketAddress()));

      assertThat(events.take()).isInstanceOf(Event.Reply.class);
    }
  }

  @Test
  void aQuestionForAServerThatIsNotAskedAnyMoreIsLetGo() {
    serve("127.0.0.1", 9);
    peers.serve(List.of());
    peers.ask(question(1, SHORT_NANOS));
    assertThat(events).isEmpty();
  }
}
