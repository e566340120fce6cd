package org.timeball.crypto.x25519;

import java.math.BigInteger;

/** Numbers as octets, the lowest first (RFC 7748, section 5). */
final class LittleEndian {
  private LittleEndian() {}

  static BigInteger number(byte[] octets) {
    return new BigInteger(1, reversed(octets));
  }

  /** The lowest {@code length} octets of a number that is not negative. */
  static byte[] octets(BigInteger number, int length) {
    byte[] lowest = reversed(number.toByteArray());
    byte[] octets = new byte[length];
    System.arraycopy(lowest, 0, octets, 0, Math.min(lowest.length, length));
    return octets;
  }

  private static byte[] reversed(byte[] octets) {
    byte[] reversed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return reversed;
  }
}
