package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.packet.Trailer;

/**
 * The message authentication codes of one association: every request carries one, and a reply
 * without the right one says nothing (RFC 5905, section 7.3). Without a key it adds and asks
 * nothing.
 */
public final class AssociationSeal implements RequestSeal {
  private final int keyId;
  private final Trailer trailer = new Trailer();
  private PacketKeys keys;

  /**
   * @param keyId 0 for no key
   * @param keys hold it
   */
  public AssociationSeal(int keyId, PacketKeys keys) {
    this.keyId = keyId;
    this.keys = keys;
  }

  @Override
  public void use(PacketKeys newKeys) {
    keys = newKeys;
  }

  private PacketKey key() {
    PacketKey key = keys.find(keyId);
    if (key == null) {
      throw new IllegalStateException("key " + keyId + " was believed to be in the key file");
    }
    return key;
  }

  @Override
  public byte[] seal(byte[] header) {
    if (keyId == 0) {
      return header;
    }
    ByteBuffer packet = ByteBuffer.wrap(header);
    byte[] datagram =
        Arrays.copyOf(
            header, NtpHeader.LENGTH + MessageCode.length(key(), NtpHeader.version(packet, 0)));
    MessageCode.write(ByteBuffer.wrap(datagram), 0, NtpHeader.LENGTH, keyId, key());
    return datagram;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Differs from RFC 5905, section 9.2: a crypto-NAK is one more reply without the right code
   * and changes nothing else, because anybody who saw the request can send it.
   */
  @Override
  public Optional<PacketTest> check(ByteBuffer packet, int length) {
    Trailer.Ending ending = trailer.read(packet, 0, length);
    if (ending == Trailer.Ending.MALFORMED) {
      return Optional.of(PacketTest.FORMAT);
    }
    if (ending == Trailer.Ending.CRYPTO_NAK) {
      return Optional.of(PacketTest.AUTHENTICATION);
    }
    if (keyId == 0) {
      return Optional.empty();
    }
    int codeAt = trailer.fieldsEnd();
    boolean right =
        ending == Trailer.Ending.CODE
            && MessageCode.keyId(packet, codeAt) == keyId
            && MessageCode.verify(packet, 0, codeAt, trailer.codeLength(), key());
    return right ? Optional.empty() : Optional.of(PacketTest.AUTHENTICATION);
  }
}
