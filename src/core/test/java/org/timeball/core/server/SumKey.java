package org.timeball.core.server;

import java.nio.ByteBuffer;
import org.timeball.core.packet.PacketKey;

/** A "digest" that a test can follow: of no cryptographic worth, but every octet counts. */
record SumKey(int secret, int digestLength) implements PacketKey {
  private byte octet(ByteBuffer packet, int at, int length, int number) {
    int sum = secret + number;
    for (int i = 0; i < length; i++) {
      sum = 31 * sum + packet.get(at + i);
    }
    return (byte) (sum >>> 8);
  }

  @Override
  public void write(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
    for (int i = 0; i < digestLength; i++) {
      packet.put(digestAt + i, octet(packet, at, length, i));
    }
  }

  @Override
  public boolean verify(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
    boolean same = true;
    for (int i = 0; i < digestLength; i++) {
      same &= packet.get(digestAt + i) == octet(packet, at, length, i);
    }
    return same;
  }
}
