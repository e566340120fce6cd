package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.timeball.core.nts.client.NtsSession;
import org.timeball.core.nts.packet.NtsReply;

/**
 * Network Time Security for one association. What is not authentic, kisses included, says nothing
 * about the server (RFC 8915, section 5.7).
 */
final class NtsSeal implements RequestSeal {
  private final NtsSession session;

  NtsSeal(NtsSession session) {
    this.session = session;
  }

  @Override
  public byte[] seal(byte[] header) {
    return session.request(header);
  }

  @Override
  public Optional<PacketTest> check(ByteBuffer packet, int length) {
    byte[] octets = new byte[length];
    packet.get(0, octets);
    return session.judge(octets) instanceof NtsReply.Authentic
        ? Optional.empty()
        : Optional.of(PacketTest.AUTHENTICATION);
  }
}
