package org.timeball.platform.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.timeball.core.server.IpAddresses;

/**
 * {@code struct sockaddr_in} and {@code struct sockaddr_in6} in place. All but the family is in
 * network byte order, the scope excepted.
 */
final class SocketAddresses {
  /** Room for either. */
  static final int ROOM = 32;

  /** Octets of {@code struct sockaddr_storage}, which has room for any. */
  static final int STORAGE = 128;

  private static final int IPV4_LENGTH = 16;
  private static final int IPV6_LENGTH = 28;
  private static final int FAMILY = 0;
  private static final int PORT = 2;
  private static final int IPV4_ADDRESS = 4;
  private static final int IPV6_ADDRESS = 8;
  private static final int IPV6_SCOPE = 24;

  private SocketAddresses() {}

  static int length(boolean ipv6) {
    return ipv6 ? IPV6_LENGTH : IPV4_LENGTH;
  }

  /** Writes an address and returns its length. */
  static int write(NativeBlock block, int at, InetSocketAddress address) {
    ByteBuffer octets = block.octets();
    InetAddress host = address.getAddress();
    boolean ipv6 = host instanceof Inet6Address;
    block.structures().putShort(at + FAMILY, (short) (ipv6 ? Linux.AF_INET6 : Linux.AF_INET));
    octets.putShort(at + PORT, (short) address.getPort());
    octets.put(at + (ipv6 ? IPV6_ADDRESS : IPV4_ADDRESS), host.getAddress());
    if (host instanceof Inet6Address scoped) {
      block.structures().putInt(at + IPV6_SCOPE, scoped.getScopeId());
    }
    return length(ipv6);
  }

  /** Reads an address; one that is valid on one link alone has its interface with it. */
  static InetSocketAddress read(NativeBlock block, int at) {
    boolean ipv6 = block.structures().getShort(at + FAMILY) == Linux.AF_INET6;
    byte[] host = new byte[ipv6 ? 16 : 4];
    block.octets().get(at + (ipv6 ? IPV6_ADDRESS : IPV4_ADDRESS), host);
    try {
      int scope = ipv6 ? block.structures().getInt(at + IPV6_SCOPE) : 0;
      InetAddress address =
          scope == 0
              ? InetAddress.getByAddress(host)
              : Inet6Address.getByAddress(null, host, scope);
      return new InetSocketAddress(address, port(block.octets(), at));
    } catch (UnknownHostException impossible) {
      throw new AssertionError("4 and 16 octets are addresses", impossible);
    }
  }

  static int port(ByteBuffer octets, int at) {
    return octets.getShort(at + PORT) & 0xFFFF;
  }

  /** Upper half of the address as in {@link IpAddresses}. */
  static long high(ByteBuffer octets, int at, boolean ipv6) {
    return ipv6 ? octets.getLong(at + IPV6_ADDRESS) : 0;
  }

  /** Lower half of the address as in {@link IpAddresses}. */
  static long low(ByteBuffer octets, int at, boolean ipv6) {
    return ipv6
        ? octets.getLong(at + IPV6_ADDRESS + 8)
        : IpAddresses.mapped(octets.getInt(at + IPV4_ADDRESS));
  }

  /** The address alone, for a message; no name is looked up. */
  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }
}
