package org.timeball.core.packet;

import java.nio.ByteBuffer;

/**
 * What follows the header: extension fields, then perhaps a message authentication code. Read again
 * for each packet by the one thread that owns it; allocates nothing.
 *
 * <p>Nothing in a packet says where the fields end and the code begins; the lengths do (RFC 7822,
 * section 3). In version 4, what is left when at most 24 octets remain is a code if it is 20 or 24
 * octets long, a crypto-NAK if it is a key identifier of 0 alone, and everything longer begins with
 * a field. Digests of more than 160 bits are therefore cut to 160 in version 4. Version 3 and
 * before have no fields: all that follows the header is the code.
 *
 * <p>Differs from the text: a last field of 16 octets with no code behind it is read as a field,
 * although senders must not make one shorter than 28, because no code is 16 octets long and nothing
 * can be mistaken.
 */
public final class Trailer {
  /** How a packet ends. */
  public enum Ending {
    /** With the header or an extension field. */
    OPEN,
    /** With a message authentication code. */
    CODE,
    /** With a key identifier of 0 and no digest: "your code was wrong". */
    CRYPTO_NAK,
    /** With octets that are neither; the packet must not be used. */
    MALFORMED
  }

  private static final int LONGEST_VERSION_4_CODE = MessageCode.KEY_ID_LENGTH + 20;
  private static final int SHORTEST_VERSION_4_CODE = MessageCode.KEY_ID_LENGTH + 16;

  /** Key identifier and the DES checksum of version 2 and 3 (RFC 1305, appendix C). */
  private static final int SHORTEST_CODE = MessageCode.KEY_ID_LENGTH + 8;

  /** Key identifier and a SHA-512 digest. */
  private static final int LONGEST_CODE = MessageCode.KEY_ID_LENGTH + 64;

  private int fieldsStart;
  private int fieldsEnd;
  private int codeLength;

  /**
   * Reads what follows the header of the packet of {@code length} octets at {@code at}.
   *
   * @param length at least {@link NtpHeader#LENGTH}
   */
  public Ending read(ByteBuffer packet, int at, int length) {
    fieldsStart = at + NtpHeader.LENGTH;
    fieldsEnd = fieldsStart;
    codeLength = 0;
    int end = at + length;
    if (fieldsEnd == end) {
      return Ending.OPEN;
    }
    if (length % 4 != 0) {
      return Ending.MALFORMED;
    }
    return NtpHeader.version(packet, at) < 4 ? readOldCode(packet, end) : readFields(packet, end);
  }

  private Ending readOldCode(ByteBuffer packet, int end) {
    int left = end - fieldsEnd;
    if (left == MessageCode.KEY_ID_LENGTH) {
      return nakOrMalformed(packet);
    }
    if (left < SHORTEST_CODE || left > LONGEST_CODE) {
      return Ending.MALFORMED;
    }
    codeLength = left;
    return Ending.CODE;
  }

  private Ending readFields(ByteBuffer packet, int end) {
    while (fieldsEnd < end) {
      int left = end - fieldsEnd;
      if (left >= SHORTEST_VERSION_4_CODE && left <= LONGEST_VERSION_4_CODE) {
        codeLength = left;
        return Ending.CODE;
      }
      if (left == MessageCode.KEY_ID_LENGTH) {
        return nakOrMalformed(packet);
      }
      // A field is at least 16 octets, so this loop ends after at most one turn per 16 octets.
      int fieldLength = ExtensionField.lengthWithin(packet, fieldsEnd, end);
      if (fieldLength < 0) {
        return Ending.MALFORMED;
      }
      fieldsEnd += fieldLength;
    }
    return Ending.OPEN;
  }

  private Ending nakOrMalformed(ByteBuffer packet) {
    if (packet.getInt(fieldsEnd) != 0) {
      return Ending.MALFORMED;
    }
    codeLength = MessageCode.KEY_ID_LENGTH;
    return Ending.CRYPTO_NAK;
  }

  /** Offset of the first extension field; equal to {@link #fieldsEnd} when there is none. */
  public int fieldsStart() {
    return fieldsStart;
  }

  /** Offset behind the last extension field, where a code begins. */
  public int fieldsEnd() {
    return fieldsEnd;
  }

  /** Octets of the code, its key identifier included; 0 when there is none. */
  public int codeLength() {
    return codeLength;
  }
}
