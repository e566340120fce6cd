package org.timeball.server.fake;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.platform.clock.MachineTime;
import org.timeball.platform.process.ThreadEnd;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/**
 * An NTP server on the loopback device that can be made to say anything. It keeps the time of this
 * machine's clock, or is wrong by as much as wanted. Safe for several threads.
 */
public final class FakeServer implements AutoCloseable {
  private final DatagramSocket socket;
  private final Thread thread;
  private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
  private volatile long wrongByNanos;
  private volatile Function<byte[], List<byte[]>> script = good -> List.of(good);

  /** On 127.0.0.1. */
  public FakeServer() throws IOException {
    this("127.0.0.1", 0);
  }

  /** On an address of the loopback device; any port if it is 0. */
  public FakeServer(String address, int port) throws IOException {
    socket = new DatagramSocket(port, InetAddress.ofLiteral(address));
    thread = Thread.ofPlatform().daemon().name("fake-server").start(this::run);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** How it is named on command lines. */
  public String hostAndPort() {
    return socket.getLocalAddress().getHostAddress() + ":" + port();
  }

  /** What came in, oldest first; waiting for the next is waiting for a request. */
  public BlockingQueue<byte[]> requests() {
    return requests;
  }

  /** Its clock is ahead by so much. */
  public FakeServer wrongBy(double seconds) {
    wrongByNanos = Math.round(seconds * 1e9);
    return this;
  }

  /** What it sends instead of a good reply: any number of datagrams. */
  public FakeServer sends(Function<byte[], List<byte[]>> newScript) {
    script = newScript;
    return this;
  }

  /** It bends its good replies. */
  public FakeServer bends(Consumer<ByteBuffer> bend) {
    return sends(good -> {
      bend.accept(ByteBuffer.wrap(good));
      return List.of(good);
    });
  }

  /** It says nothing at all. */
  public FakeServer silent() {
    return sends(good -> List.of());
  }

  /** It kisses everybody who asks. */
  public FakeServer kisses(String code, int poll) {
    return bends(packet -> {
      NtpHeader.leapVersionMode(packet, 0, Leap.UNSYNCHRONIZED, 4, Mode.SERVER);
      NtpHeader.stratum(packet, 0, 0);
      NtpHeader.pollExponent(packet, 0, poll);
      NtpHeader.referenceId(packet, 0, ReferenceId.ofText(code).bits());
    });
  }

  private void run() {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (!socket.isClosed()) {
        packet.setLength(2048);
        socket.receive(packet);
        long now = MachineTime.unixNanos() + wrongByNanos;
        byte[] request = new byte[packet.getLength()];
        System.arraycopy(packet.getData(), 0, request, 0, request.length);
        for (byte[] octets : script.apply(good(request, now))) {
          socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
        }
        requests.add(request);
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new IllegalStateException("the fake server's socket failed", e);
      }
    }
  }

  private static byte[] good(byte[] request, long unixNanos) {
    byte[] octets = new byte[NtpHeader.LENGTH];
    ByteBuffer packet = ByteBuffer.wrap(octets);
    ByteBuffer asked = ByteBuffer.wrap(request);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, NtpHeader.version(asked, 0), Mode.SERVER);
    NtpHeader.stratum(packet, 0, 1);
    NtpHeader.precisionExponent(packet, 0, -20);
    NtpHeader.referenceId(packet, 0, ReferenceId.ofText("GPS").bits());
    NtpHeader.referenceTimestamp(packet, 0, NtpTimestamp.bitsOfUnixNanos(unixNanos));
    NtpHeader.originTimestamp(packet, 0, NtpHeader.transmitTimestamp(asked, 0));
    NtpHeader.receiveTimestamp(packet, 0, NtpTimestamp.bitsOfUnixNanos(unixNanos));
    NtpHeader.transmitTimestamp(packet, 0, NtpTimestamp.bitsOfUnixNanos(unixNanos));
    return octets;
  }

  @Override
  public void close() {
    socket.close();
    ThreadEnd.await(thread);
  }
}
