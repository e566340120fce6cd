package org.timeball.core.nts.packet;

import org.timeball.core.nts.Aead;
import org.timeball.core.nts.Octets;

/**
 * Opens and seals the field "NTS Authenticator and Encrypted Extension Fields" (RFC 8915, section
 * 5.6). Belongs to one thread; allocates nothing.
 */
final class Authenticator {
  /** What {@link #open} answers about a field whose lengths do not add up. */
  static final int MALFORMED = -2;

  private final Octets nonce = Octets.of();
  private final Octets associated = Octets.of();
  private final Octets text = Octets.of();

  /**
   * Opens the field at {@code at}; all octets of the packet before it are what it authenticates.
   *
   * @param packet the packet from its first octet
   * @param out gets the encrypted fields
   * @return their octets, or {@link Aead#NOT_AUTHENTIC}, or {@link #MALFORMED}
   */
  int open(Aead aead, byte[] packet, int at, boolean fromClient, byte[] out) {
    int end = at + number(packet, at + 2);
    int nonceLength = number(packet, at + 4);
    int sealedLength = number(packet, at + 6);
    int nonceAt = at + NtsField.AUTHENTICATOR_HEADER;
    int sealedAt = nonceAt + NtsField.padded(nonceLength);
    int paddingAt = sealedAt + NtsField.padded(sealedLength);
    if (paddingAt > end || nonceLength == 0 || sealedLength < aead.algorithm().tagOctets()) {
      return MALFORMED;
    }
    // A client leaves room for the longest nonce that the reply may need (RFC 8915, section 5.6).
    int room = NtsField.padded(nonceLength) + end - paddingAt;
    if (fromClient && room < aead.algorithm().nonceOctets()) {
      return MALFORMED;
    }
    int length =
        aead.open(
            nonce.set(packet, nonceAt, nonceLength),
            associated.set(packet, 0, at),
            text.set(packet, sealedAt, sealedLength),
            out,
            0);
    return length >= 0 && !areFields(out, length) ? MALFORMED : length;
  }

  /** Octets of the field around encrypted fields of {@code textLength} octets. */
  static int length(Aead aead, int textLength) {
    return textAt(aead) + textLength + aead.algorithm().tagOctets();
  }

  /** Where the ciphertext begins in the field. */
  static int textAt(Aead aead) {
    return NtsField.AUTHENTICATOR_HEADER + aead.algorithm().nonceOctets();
  }

  /** Writes type and lengths of a field around {@code textLength} octets, a multiple of 4. */
  static void writeHeader(Aead aead, byte[] packet, int at, int textLength) {
    write(packet, at, NtsField.AUTHENTICATOR);
    write(packet, at + 2, length(aead, textLength));
    write(packet, at + 4, aead.algorithm().nonceOctets());
    write(packet, at + 6, textLength + aead.algorithm().tagOctets());
  }

  /**
   * Seals the fields that stand where the ciphertext will; header and nonce are written already.
   *
   * @param out gets the ciphertext
   * @return its octets
   */
  int seal(Aead aead, byte[] packet, int at, int textLength, byte[] out, int outAt) {
    return aead.seal(
        nonce.set(packet, at + NtsField.AUTHENTICATOR_HEADER, aead.algorithm().nonceOctets()),
        associated.set(packet, 0, at),
        text.set(packet, at + textAt(aead), textLength),
        out,
        outAt);
  }

  /** Whether what was encrypted is a row of whole fields, perhaps an empty one. */
  private static boolean areFields(byte[] octets, int length) {
    int at = 0;
    while (length - at >= NtsField.HEADER) {
      int fieldLength = number(octets, at + 2);
      if (fieldLength < NtsField.HEADER || fieldLength % 4 != 0) {
        return false;
      }
      at += fieldLength;
    }
    return at == length;
  }

  static int number(byte[] octets, int at) {
    return ((octets[at] & 0xFF) << 8) | (octets[at + 1] & 0xFF);
  }

  static void write(byte[] octets, int at, int number) {
    octets[at] = (byte) (number >> 8);
    octets[at + 1] = (byte) number;
  }
}
