package org.timeball.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.timeball.core.ServerState;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.server.Passive;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.UdpSettings;
import org.timeball.server.net.ListenerKeys;
import org.timeball.server.net.ListenerSettings;
import org.timeball.server.net.ResponderThread;
import org.timeball.time.Leap;

/**
 * Answers a few requests of our own, on a loopback port of their own, before clients come. The
 * first reply of a cold Java machine leaves milliseconds after its transmit timestamp, because the
 * code that sends it is only then loaded; half of that would be the first client's error.
 */
final class WarmUp implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WarmUp.class.getName());

  /** Measured: the third reply is as quick as all later ones. */
  private static final int REQUESTS = 16;

  private static final int PATIENCE_MILLIS = 1_000;
  private static final int VERSION = 4;

  private final Thread thread;

  private WarmUp(AtomicReference<ServerState> published, PacketClock clock) {
    thread = Thread.ofPlatform().name("warm-up").daemon().start(() -> run(published, clock));
  }

  /** Begins, on a thread of its own that soon ends. */
  static WarmUp begin(AtomicReference<ServerState> published, PacketClock clock) {
    return new WarmUp(published, clock);
  }

  private static void run(AtomicReference<ServerState> published, PacketClock clock) {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    ListenerSettings settings =
        new ListenerSettings(
            "warm-up",
            UdpSettings.of(new InetSocketAddress(loopback, 0)),
            false,
            true,
            Passive.OFF,
            Optional.empty());
    try (ResponderThread responder =
            ResponderThread.open(
                settings,
                published,
                clock,
                new ListenerKeys(List.of()),
                Optional.empty(),
                List.of());
        DatagramSocket client = new DatagramSocket(0, loopback)) {
      responder.start();
      client.setSoTimeout(PATIENCE_MILLIS);
      byte[] octets = new byte[NtpHeader.LENGTH];
      for (int i = 1; i <= REQUESTS; i++) {
        ByteBuffer packet = ByteBuffer.wrap(octets).clear();
        NtpHeader.leapVersionMode(packet, 0, Leap.NONE, VERSION, Mode.CLIENT);
        NtpHeader.transmitTimestamp(packet, 0, i);
        client.send(new DatagramPacket(octets, octets.length, responder.local()));
        client.receive(new DatagramPacket(octets, octets.length));
      }
    } catch (SocketTimeoutException e) {
      LOG.log(Logger.Level.DEBUG, "the warm-up was not answered in time");
    } catch (IOException e) {
      LOG.log(Logger.Level.DEBUG, "no warm-up: {0}", e.getMessage());
    }
  }

  /** Waits for its end, which is bounded. */
  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
