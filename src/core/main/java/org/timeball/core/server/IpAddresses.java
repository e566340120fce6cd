package org.timeball.core.server;

/**
 * Internet addresses as two longs, so that no object is needed for one: the 128 bits of an IPv6
 * address, or an IPv4 address mapped into them (RFC 4291, section 2.5.5.2).
 */
public final class IpAddresses {
  private static final long MAPPED_PREFIX = 0xFFFFL << 32;

  private IpAddresses() {}

  /** The lower half of an IPv4 address given as its 32 bits; the upper half is 0. */
  public static long mapped(int ipv4) {
    return MAPPED_PREFIX | Integer.toUnsignedLong(ipv4);
  }

  /** True for an IPv4 address. */
  public static boolean isIpv4(long high, long low) {
    return high == 0 && low >>> 32 == 0xFFFFL;
  }

  /** True for an address that is a group's: 224.0.0.0/4 or ff00::/8. */
  public static boolean isMulticast(long high, long low) {
    return isIpv4(high, low) ? (low >>> 28 & 0xF) == 0xE : high >>> 56 == 0xFF;
  }

  /**
   * True for an address that one host can send from: not a group, not 0.0.0.0/8, not ::, not
   * 240.0.0.0/4, which ends in the broadcast address.
   */
  public static boolean canBeSender(long high, long low) {
    if (isIpv4(high, low)) {
      long firstOctet = low >>> 24 & 0xFF;
      return firstOctet != 0 && firstOctet < 224;
    }
    return !isMulticast(high, low) && (high | low) != 0;
  }
}
