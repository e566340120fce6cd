package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.timeball.core.packet.PacketKeys;

/** What is added to the requests of one association, and demanded of the replies. */
public interface RequestSeal {
  /**
   * Finishes a request.
   *
   * @param header the 48 octets of the packet
   * @return the datagram: the header and what seals it
   */
  byte[] seal(byte[] header);

  /** Other keys of the key file from now on, for those who use any. */
  default void use(PacketKeys keys) {}

  /**
   * Why a reply must not be used; empty if it may be. It answers the last request, as far as its
   * origin timestamp tells.
   *
   * @param length octets that arrived, from position 0
   */
  Optional<PacketTest> check(ByteBuffer packet, int length);
}
