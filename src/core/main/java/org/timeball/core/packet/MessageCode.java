package org.timeball.core.packet;

import java.nio.ByteBuffer;

/**
 * The message authentication code at the end of a packet, in place: a key identifier of 4 octets
 * and a digest (RFC 5905, section 7.3). Allocates nothing.
 */
public final class MessageCode {
  /** Octets of the key identifier. */
  public static final int KEY_ID_LENGTH = 4;

  /**
   * A version 4 digest is cut to this, so that no code looks like a field (RFC 7822, section 3).
   */
  private static final int LONGEST_VERSION_4_DIGEST = 20;

  private MessageCode() {}

  /** Octets of a code of {@code key} in a packet of this version. */
  public static int length(PacketKey key, int version) {
    return KEY_ID_LENGTH + digestLength(key, version);
  }

  private static int digestLength(PacketKey key, int version) {
    return version < 4
        ? key.digestLength()
        : Math.min(key.digestLength(), LONGEST_VERSION_4_DIGEST);
  }

  /** The key identifier of the code at {@code codeAt}. */
  public static int keyId(ByteBuffer packet, int codeAt) {
    return packet.getInt(codeAt);
  }

  /** Writes the code of the octets from {@code at} to {@code codeAt}, there. */
  public static void write(ByteBuffer packet, int at, int codeAt, int keyId, PacketKey key) {
    packet.putInt(codeAt, keyId);
    key.write(
        packet,
        at,
        codeAt - at,
        codeAt + KEY_ID_LENGTH,
        digestLength(key, NtpHeader.version(packet, at)));
  }

  /** Whether the {@code codeLength} octets at {@code codeAt} are the code of {@code key}. */
  public static boolean verify(
      ByteBuffer packet, int at, int codeAt, int codeLength, PacketKey key) {
    return codeLength == length(key, NtpHeader.version(packet, at))
        && key.verify(packet, at, codeAt - at, codeAt + KEY_ID_LENGTH, codeLength - KEY_ID_LENGTH);
  }
}
