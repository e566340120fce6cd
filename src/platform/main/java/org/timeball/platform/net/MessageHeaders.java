package org.timeball.platform.net;

import java.nio.ByteBuffer;

/**
 * An array of {@code struct mmsghdr}, each with its one {@code struct iovec}, in place at the start
 * of a block.
 */
final class MessageHeaders {
  private static final int LENGTH = 64;
  private static final int VECTOR_LENGTH = 16;

  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int VECTORS = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;
  private static final int DATAGRAM_LENGTH = 56;

  private final ByteBuffer structures;
  private final int vectorsStart;

  MessageHeaders(NativeBlock block, int count) {
    structures = block.structures();
    vectorsStart = count * LENGTH;
    for (int i = 0; i < count; i++) {
      structures.putLong(i * LENGTH + VECTORS, block.address(vector(i)));
      structures.putLong(i * LENGTH + VECTOR_COUNT, 1);
    }
  }

  /** Octets that {@code count} of them take. */
  static int room(int count) {
    return count * (LENGTH + VECTOR_LENGTH);
  }

  /** Offset of a header in the block. */
  static int offset(int i) {
    return i * LENGTH;
  }

  private int vector(int i) {
    return vectorsStart + i * VECTOR_LENGTH;
  }

  void name(int i, long address, int length) {
    structures.putLong(i * LENGTH + NAME, address);
    structures.putInt(i * LENGTH + NAME_LENGTH, length);
  }

  int nameLength(int i) {
    return structures.getInt(i * LENGTH + NAME_LENGTH);
  }

  void octets(int i, long address, int length) {
    structures.putLong(vector(i), address);
    structures.putLong(vector(i) + 8, length);
  }

  void control(int i, long address, int length) {
    structures.putLong(i * LENGTH + CONTROL, length == 0 ? 0 : address);
    structures.putLong(i * LENGTH + CONTROL_LENGTH, length);
  }

  int controlLength(int i) {
    return (int) structures.getLong(i * LENGTH + CONTROL_LENGTH);
  }

  int flags(int i) {
    return structures.getInt(i * LENGTH + FLAGS);
  }

  /** Octets that were received or sent. */
  int datagramLength(int i) {
    return structures.getInt(i * LENGTH + DATAGRAM_LENGTH);
  }
}
