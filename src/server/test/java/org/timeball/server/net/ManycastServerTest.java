package org.timeball.server.net;

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
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.timeball.core.ServerState;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.server.AccessList;
import org.timeball.core.server.AccessPolicy;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.RateLimit;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSettings;
import org.timeball.platform.net.UdpSocket;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** Searches that a client sends over the loopback device. */
@Timeout(60)
class ManycastServerTest {
  private static final long NOW = 1_800_000_000_000_000_000L;

  private static final long TRANSIT = 500_000_000L;

  private static final ServerState GPS =
      new ServerState(Leap.NONE, 1, -20, 0, 0, 0, NOW, ReferenceId.ofText("GPS"), NOW);

  /** One moment, and the kernel's stamps come from half a second before it. */
  private static final class StandingClock implements PacketClock {
    private volatile long raw;

    @Override
    public long nowUnixNanos() {
      return NOW;
    }

    @Override
    public long nowRawNanos() {
      return raw;
    }

    @Override
    public long unixNanosOfStamp(long realtimeNanos) {
      return NOW - TRANSIT;
    }

    @Override
    public long rawNanosOfStamp(long realtimeNanos) {
      return raw;
    }

    @Override
    public long placedRawNanos(long realtimeNanos) {
      return UNPLACED;
    }
  }

  private final StandingClock clock = new StandingClock();

  private static UdpSocket join() throws NetException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("239.255.77.5"), 0);
    return UdpSocket.join(new UdpGroup(address, Optional.of("lo"), 1), List.of());
  }

  private ManycastServer server(GroupListener.Membership membership, AccessPolicy access) {
    return new ManycastServer(
        "lan",
        membership,
        InetAddress.ofLiteral("0.0.0.0"),
        new AtomicReference<>(GPS),
        clock,
        access,
        List.of(),
        false);
  }

  private static MulticastSocket client() throws Exception {
    MulticastSocket socket =
        new MulticastSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    socket.setNetworkInterface(NetworkInterface.getByName("lo"));
    return socket;
  }

  private static void search(MulticastSocket client, int port) throws Exception {
    ByteBuffer request = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(request, 0, Leap.NONE, 4, Mode.CLIENT);
    client.send(
        new DatagramPacket(
            request.array(),
            NtpHeader.LENGTH,
            new InetSocketAddress(InetAddress.ofLiteral("239.255.77.5"), port)));
  }

  private static ByteBuffer reply(MulticastSocket client) throws Exception {
    DatagramPacket reply = new DatagramPacket(new byte[100], 100);
    client.receive(reply);
    return ByteBuffer.wrap(reply.getData(), 0, reply.getLength());
  }

  @Test
  void tellsWhenTheSearchArrivedAndWhenTheReplyLeaves() throws Exception {
    UdpSocket socket = join();
    try (ManycastServer server = server(() -> socket, AccessPolicy.OPEN);
        MulticastSocket client = client()) {
      server.start();
      search(client, socket.local().getPort());
      ByteBuffer reply = reply(client);

      assertThat(NtpHeader.receiveTimestamp(reply, 0))
          .isEqualTo(NtpTimestamp.bitsOfUnixNanos(NOW - TRANSIT));
      assertThat(NtpHeader.transmitTimestamp(reply, 0))
          .isEqualTo(NtpTimestamp.bitsOfUnixNanos(NOW));
    }
    // The port is free again.
    UdpSocket.open(UdpSettings.of(socket.local()), List.of()).close();
  }

  @Test
  void goesByTheAccessListAndThePaceOfTheClock() throws Exception {
    AccessPolicy oneASecond =
        new AccessPolicy(
            AccessList.everybody(AccessList.Verdict.LIMIT),
            AccessPolicy.Refusal.DENY,
            new RateLimit(1_000_000_000L, 1, 10_000_000_000L, 5, 64),
            1024);
    UdpSocket socket = join();
    try (ManycastServer server = server(() -> socket, oneASecond);
        MulticastSocket client = client()) {
      server.start();
      search(client, socket.local().getPort());
      reply(client);
      search(client, socket.local().getPort());
      while (server.counters().count(Outcome.RATE_EXCEEDED) == 0) {
        Thread.onSpinWait();
      }
      clock.raw = 2_000_000_000L;
      search(client, socket.local().getPort());
      reply(client);
      assertThat(server.counters().count(Outcome.ANSWERED)).isEqualTo(2);
    }
  }

  @Test
  void saysOnceWhatKeepsItFromListening() throws Exception {
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            log.add(String.valueOf(line.getParameters()[1]));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(ManycastServer.class.getName());
    logger.addHandler(handler);
    try (ManycastServer server = server(ManycastServerTest::join, AccessPolicy.OPEN)) {
      server.tell(new NetException("no device"));
      server.tell(new NetException("no device"));
      server.tell(new NetException("no address"));
      assertThat(log).containsExactly("no device", "no address");
    } finally {
      logger.removeHandler(handler);
    }
  }
}
