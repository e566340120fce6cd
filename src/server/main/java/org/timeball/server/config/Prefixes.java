package org.timeball.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.timeball.core.server.IpAddresses;
import org.timeball.core.server.Prefix;

/** Prefixes of addresses as people write them: {@code 192.0.2.0/24}, or one address alone. */
final class Prefixes {
  private Prefixes() {}

  static ValueReader<Prefix> reader() {
    return value -> parse(Values.text().read(value));
  }

  /** {@link #reader} for text that stands in the program itself. */
  static Prefix of(String text) {
    try {
      return parse(text);
    } catch (BadValue e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Prefix parse(String text) throws BadValue {
    String[] parts = text.split("/", 2);
    byte[] address;
    int length;
    try {
      address = InetAddress.ofLiteral(parts[0]).getAddress();
      length = parts.length == 1 ? 8 * address.length : Integer.parseInt(parts[1]);
    } catch (IllegalArgumentException e) {
      throw new BadValue(
          "'%s' is neither an address nor a prefix such as 192.0.2.0/24 or 2001:db8::/32"
              .formatted(text));
    }
    try {
      return Prefix.of(address, length);
    } catch (IllegalArgumentException e) {
      throw new BadValue("'%s': %s".formatted(text, e.getMessage()));
    }
  }

  static String text(Prefix prefix) {
    ByteBuffer octets =
        IpAddresses.isIpv4(prefix.high(), prefix.low())
            ? ByteBuffer.allocate(4).putInt((int) prefix.low())
            : ByteBuffer.allocate(16).putLong(prefix.high()).putLong(prefix.low());
    try {
      return InetAddress.getByAddress(octets.array()).getHostAddress() + "/" + prefix.length();
    } catch (UnknownHostException impossible) {
      throw new AssertionError("4 and 16 octets are addresses", impossible);
    }
  }
}
