package org.timeball.core.server;

import java.nio.ByteBuffer;

/**
 * The addresses that begin with the same bits.
 *
 * @param high upper half of the first of them, as in {@link IpAddresses}
 * @param low its lower half
 * @param length how many bits they share: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Prefix(long high, long low, int length) {
  private static final int IPV4_OCTETS = 4;
  private static final int IPV6_OCTETS = 16;

  public Prefix {
    int longest = longest(high, low);
    if (length < 0 || length > longest) {
      throw new IllegalArgumentException(
          "a prefix of " + length + " bits; such an address has " + longest);
    }
    if (hasBitsBehind(high, low, length, longest)) {
      throw new IllegalArgumentException("the address has bits behind its first " + length);
    }
  }

  /**
   * A prefix by its first address.
   *
   * @param address 4 octets for IPv4, 16 for IPv6
   */
  public static Prefix of(byte[] address, int length) {
    ByteBuffer octets = ByteBuffer.wrap(address);
    return switch (address.length) {
      case IPV4_OCTETS -> new Prefix(0, IpAddresses.mapped(octets.getInt()), length);
      case IPV6_OCTETS -> new Prefix(octets.getLong(), octets.getLong(), length);
      default -> throw new IllegalArgumentException("an address of " + address.length + " octets");
    };
  }

  private static int longest(long high, long low) {
    return 8 * (IpAddresses.isIpv4(high, low) ? IPV4_OCTETS : IPV6_OCTETS);
  }

  private static boolean hasBitsBehind(long high, long low, int length, int longest) {
    int free = longest - length;
    if (longest == 8 * IPV4_OCTETS) {
      return (low & (1L << free) - 1) != 0;
    }
    long freeLow = free >= Long.SIZE ? -1 : (1L << free) - 1;
    long freeHigh = free > Long.SIZE ? -1L >>> (2 * Long.SIZE - free) : 0;
    return (low & freeLow) != 0 || (high & freeHigh) != 0;
  }
}
