package org.timeball.core.packet;

import java.nio.ByteBuffer;

/**
 * One symmetric key: makes and checks the digest of a message authentication code (RFC 5905,
 * section 7.3; RFC 8573). Each thread has its own; allocates nothing for a packet.
 *
 * <p>The digest covers the octets from the header to the key identifier, which it leaves out.
 */
public interface PacketKey {
  /** Octets of a whole digest of this key's kind, 16 to 64. */
  int digestLength();

  /**
   * Writes the first {@code digestLength} octets of the digest of the {@code length} octets at
   * {@code at}, to {@code digestAt}.
   */
  void write(ByteBuffer packet, int at, int length, int digestAt, int digestLength);

  /**
   * Whether the {@code digestLength} octets at {@code digestAt} are those that {@link #write} would
   * write. Takes the same time wherever they differ.
   */
  boolean verify(ByteBuffer packet, int at, int length, int digestAt, int digestLength);
}
