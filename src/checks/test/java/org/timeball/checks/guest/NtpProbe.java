package org.timeball.checks.guest;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An NTP client on the host whose clock is true time. It asks the server in the guest through
 * QEMU's user network, which answers on a port of 127.0.0.1. Belongs to one thread.
 */
final class NtpProbe implements AutoCloseable {
  private static final int PACKET_OCTETS = 48;

  /** No leap warning, version 4, mode 3 (RFC 5905, section 7.3). */
  private static final byte CLIENT_VERSION_4 = 0x23;

  /** One exchange takes about a millisecond; this is for a machine that does something else. */
  private static final int TIMEOUT_MILLIS = 1_000;

  private static final int TRANSMIT_TIMESTAMP = 40;
  private static final int ORIGIN_TIMESTAMP = 24;

  private final TrueTime time;
  private final DatagramSocket socket;

  NtpProbe(TrueTime time, int port) throws IOException {
    this.time = time;
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(InetAddress.getLoopbackAddress(), port);
  }

  /** A port of 127.0.0.1 that nobody uses. */
  static int freePort() throws IOException {
    try (DatagramSocket any =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return any.getLocalPort();
    }
  }

  /** Asks once; empty if nothing came. */
  Optional<NtpReply> ask() throws IOException {
    ByteBuffer request = ByteBuffer.allocate(PACKET_OCTETS).put(0, CLIENT_VERSION_4);
    // Not a time, only something that the reply must repeat.
    long cookie = System.nanoTime();
    request.putLong(TRANSMIT_TIMESTAMP, cookie);
    ByteBuffer reply = ByteBuffer.allocate(PACKET_OCTETS);
    DatagramPacket received = new DatagramPacket(reply.array(), PACKET_OCTETS);
    try {
      double secondsToLeap = time.secondsToLeap();
      long sentUnixNanos = time.unixNanos();
      socket.send(new DatagramPacket(request.array(), PACKET_OCTETS));
      do {
        socket.receive(received);
      } while (reply.getLong(ORIGIN_TIMESTAMP) != cookie);
      return Optional.of(NtpReply.read(reply, sentUnixNanos, time.unixNanos(), secondsToLeap));
    } catch (SocketTimeoutException | PortUnreachableException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
