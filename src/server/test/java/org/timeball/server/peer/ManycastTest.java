package org.timeball.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.ServerState;
import org.timeball.core.keys.KeyAlgorithm;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.select.Standing;
import org.timeball.core.server.AccessPolicy;
import org.timeball.core.server.Outcome;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSocket;
import org.timeball.server.config.NetworkSettings;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.ListenerKeys;
import org.timeball.server.net.ManycastServer;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** A search for servers, from socket to socket. */
@Timeout(60)
class ManycastTest {
  private static final SymmetricKey KEY =
      new SymmetricKey(
          7, KeyAlgorithm.SHA1, new SymmetricKey.Secret(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final UserClock clock = UserClock.startingAtRealtime();
  private final AtomicReference<ServerState> published =
      new AtomicReference<>(ServerState.unsynchronized(-20));
  private final CountDownLatch joined = new CountDownLatch(1);
  private final Peers peers =
      new Peers(clock, events::add, name -> List.of(), new ListenerKeys(List.of(KEY)));
  private ManycastServer server;
  private InetSocketAddress group;

  @BeforeEach
  void serve() throws Exception {
    InetAddress address = InetAddress.ofLiteral("239.255.77.3");
    UdpSocket socket =
        UdpSocket.join(
            new UdpGroup(new InetSocketAddress(address, 0), Optional.of("lo"), 1), List.of());
    group = socket.local();
    server =
        new ManycastServer(
            "lan",
            () -> {
              joined.countDown();
              return socket;
            },
            InetAddress.ofLiteral("127.0.0.3"),
            published,
            clock,
            AccessPolicy.OPEN,
            List.of(KEY),
            true);
    server.start();
    joined.await();
  }

  @AfterEach
  void end() {
    peers.close();
    server.close();
    clock.close();
  }

  private Event search(int keyId) throws Exception {
    peers.serve(
        List.of(
            new SourceSettings(
                "lan",
                "239.255.77.3",
                group.getPort(),
                6,
                10,
                true,
                4,
                keyId,
                Optional.empty(),
                false,
                false,
                Standing.PLAIN,
                1,
                Optional.empty(),
                Optional.of(
                    new NetworkSettings(new UdpGroup(group, Optional.of("lo"), 1), Set.of())),
                true)));
    peers.carryOut(new Action.LookUp("lan"));
    return events.take();
  }

  @Test
  void findsWhoIsSynchronisedAndHasTheKeyAtTheAddressOfItsListener() throws Exception {
    assertThat(search(7).toString()).contains("no server of the group answers");
    assertThat(server.counters().count(Outcome.NOT_SYNCHRONISED)).isEqualTo(1);

    published.set(
        new ServerState(
            Leap.NONE,
            1,
            -20,
            0,
            0,
            0,
            clock.nowUnixNanos(),
            ReferenceId.ofText("GPS"),
            clock.nowUnixNanos()));
    assertThat(search(7)).isEqualTo(new Event.Found("lan", List.of("127.0.0.3")));

    assertThat(search(0).toString()).contains("no server of the group answers");
    assertThat(server.counters().count(Outcome.NOT_AUTHENTIC)).isEqualTo(1);
    assertThat(server.counters().sent()).isEqualTo(1);
  }
}
