package org.timeball.core.server;

import java.nio.ByteBuffer;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;

/** Requests as an honest client sends them, to be spoilt by a test. */
final class Requests {
  static final long CLIENT = IpAddresses.mapped(0xC0_00_02_07);
  static final long SERVER = IpAddresses.mapped(0xC0_00_02_01);
  static final int CLIENT_PORT = 40_123;
  static final int SERVER_PORT = 123;

  private Requests() {}

  /** A packet of the given first octet's fields and zeroes behind. */
  static ByteBuffer packet(int version, int mode, int length) {
    ByteBuffer packet = ByteBuffer.allocate(Math.max(length, 1));
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, version, mode);
    return packet;
  }

  static ByteBuffer client(int version) {
    return packet(version, Mode.CLIENT, NtpHeader.LENGTH);
  }

  static Request of(ByteBuffer packet) {
    return of(packet, packet.capacity());
  }

  static Request of(ByteBuffer packet, int length) {
    return new Request()
        .octets(packet, 0, length, false)
        .source(0, CLIENT, CLIENT_PORT)
        .destination(0, SERVER, SERVER_PORT, true);
  }
}
