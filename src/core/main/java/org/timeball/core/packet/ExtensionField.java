package org.timeball.core.packet;

import java.nio.ByteBuffer;

/**
 * One extension field in place: a type, its whole length, a body (RFC 7822, section 3). Allocates
 * nothing. {@code at} is the offset of the field's first octet.
 */
public final class ExtensionField {
  /** Octets of type and length, which the length counts too. */
  public static final int HEADER_LENGTH = 4;

  /** The shortest field (RFC 7822, section 3: four words). */
  public static final int MINIMUM_LENGTH = 16;

  private static final int LENGTH = 2;

  private ExtensionField() {}

  /** The field type, 0 to 65535. */
  public static int type(ByteBuffer packet, int at) {
    return packet.getShort(at) & 0xFFFF;
  }

  /** Octets from type to padding as the field states them, 0 to 65535; unchecked. */
  public static int statedLength(ByteBuffer packet, int at) {
    return packet.getShort(at + LENGTH) & 0xFFFF;
  }

  /**
   * The stated length when a field of that length can begin at {@code at} and end at or before
   * {@code end}, otherwise -1.
   */
  public static int lengthWithin(ByteBuffer packet, int at, int end) {
    if (end - at < MINIMUM_LENGTH) {
      return -1;
    }
    int length = statedLength(packet, at);
    return length < MINIMUM_LENGTH || length % 4 != 0 || length > end - at ? -1 : length;
  }
}
