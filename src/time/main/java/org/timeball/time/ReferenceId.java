package org.timeball.time;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a server is synchronised to (RFC 5905, section 7.3): four ASCII letters at stratum 0 and 1,
 * an IPv4 address or the first four octets of the MD5 digest of an IPv6 address above.
 */
public record ReferenceId(int bits) implements Comparable<ReferenceId> {
  /** Nothing: a server that is not synchronised. */
  public static final ReferenceId NONE = new ReferenceId(0);

  /**
   * One to four printable ASCII characters, left-justified, zero-padded.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ReferenceId ofText(String text) {
    if (text.isEmpty() || text.length() > 4) {
      throw new IllegalArgumentException(
          "reference id '" + text + "' has " + text.length() + " characters; it needs 1 to 4");
    }
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      int c = i < text.length() ? text.charAt(i) : 0;
      if (i < text.length() && (c < 0x21 || c > 0x7E)) {
        throw new IllegalArgumentException(
            "reference id '" + text + "' has a character that is not printable ASCII");
      }
      bits = bits << 8 | c;
    }
    return new ReferenceId(bits);
  }

  /**
   * What a server that follows the one at this address names as its reference: the IPv4 address
   * itself, or the first four octets of the MD5 digest of an IPv6 address.
   *
   * @param address 4 or 16 octets
   * @throws IllegalArgumentException for any other number of octets
   */
  public static ReferenceId ofAddress(byte[] address) {
    return switch (address.length) {
      case 4 -> new ReferenceId(ByteBuffer.wrap(address).getInt());
      case 16 -> new ReferenceId(ByteBuffer.wrap(md5(address)).getInt());
      default ->
          throw new IllegalArgumentException(
              "an address has 4 or 16 octets, and this one " + address.length);
    };
  }

  private static byte[] md5(byte[] octets) {
    try {
      return MessageDigest.getInstance("MD5").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have MD5", e);
    }
  }

  /** The letters, if these are letters (as at stratum 0 and 1); otherwise empty. */
  public String text() {
    byte[] octets = {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    int length = 4;
    while (length > 0 && octets[length - 1] == 0) {
      length--;
    }
    for (int i = 0; i < length; i++) {
      if (octets[i] < 0x21 || octets[i] > 0x7E) {
        return "";
      }
    }
    return new String(octets, 0, length, StandardCharsets.US_ASCII);
  }

  /** As a dotted quad, which is how a reference id above stratum 1 is written. */
  public String dottedQuad() {
    return (bits >>> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
  }

  /** By the number that the four octets make, from 0 up. */
  @Override
  public int compareTo(ReferenceId other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    String text = text();
    return text.isEmpty() ? dottedQuad() : text;
  }
}
