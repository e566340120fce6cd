package org.timeball.crypto;

import java.nio.ByteBuffer;
import org.timeball.core.packet.PacketKey;

/** AES-CMAC of the packet (RFC 8573, section 2). For one thread; allocates nothing for a packet. */
final class CmacKey implements PacketKey {
  private final AesCmac cmac = new AesCmac();
  private final byte[] made = new byte[AesCmac.BLOCK];

  /**
   * @param secret 16 or 32 octets
   */
  CmacKey(byte[] secret) {
    cmac.setKey(secret, 0, secret.length);
  }

  @Override
  public int digestLength() {
    return AesCmac.BLOCK;
  }

  @Override
  public void write(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
    make(packet, at, length);
    packet.put(digestAt, made, 0, digestLength);
  }

  @Override
  public boolean verify(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
    make(packet, at, length);
    return ConstantTime.isEqual(made, packet, digestAt, digestLength);
  }

  private void make(ByteBuffer packet, int at, int length) {
    packet.get(at, cmac.message(length), 0, length);
    cmac.mac(length);
    cmac.write(made, 0);
  }
}
