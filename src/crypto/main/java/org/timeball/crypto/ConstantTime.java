package org.timeball.crypto;

import java.nio.ByteBuffer;

/** Comparison that takes the same time wherever the difference is. */
final class ConstantTime {
  private ConstantTime() {}

  /** Whether the octets at {@code at} are the first {@code length} of those expected. */
  static boolean isEqual(byte[] expected, ByteBuffer packet, int at, int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= expected[i] ^ packet.get(at + i);
    }
    return difference == 0;
  }
}
