package org.timeball.cli;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.platform.clock.MachineTime;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;

/** A server of stratum 1 on 127.0.0.1 that keeps the time of this machine's clock. */
final class LoopbackServer implements AutoCloseable {
  private final DatagramSocket socket;
  private final List<Integer> versions = new CopyOnWriteArrayList<>();

  LoopbackServer() throws IOException {
    socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofPlatform().daemon().name("loopback-server").start(this::answerAll);
  }

  int port() {
    return socket.getLocalPort();
  }

  String name() {
    return "127.0.0.1:" + port();
  }

  /** In which versions it was asked. */
  List<Integer> versions() {
    return versions;
  }

  private void answerAll() {
    DatagramPacket packet = new DatagramPacket(new byte[200], 200);
    try {
      while (!socket.isClosed()) {
        packet.setLength(200);
        socket.receive(packet);
        ByteBuffer header = ByteBuffer.wrap(packet.getData());
        int version = NtpHeader.version(header, 0);
        versions.add(version);
        long now = NtpTimestamp.bitsOfUnixNanos(MachineTime.unixNanos());
        NtpHeader.originTimestamp(header, 0, NtpHeader.transmitTimestamp(header, 0));
        NtpHeader.leapVersionMode(header, 0, Leap.NONE, version, Mode.SERVER);
        NtpHeader.stratum(header, 0, 1);
        NtpHeader.receiveTimestamp(header, 0, now);
        NtpHeader.transmitTimestamp(header, 0, now);
        packet.setLength(NtpHeader.LENGTH);
        socket.send(packet);
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new IllegalStateException("the server's socket failed", e);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
