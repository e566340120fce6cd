package org.timeball.platform.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A piece of memory that both Java and C see; zero at first. Freed by {@link #close}. */
final class NativeBlock implements AutoCloseable {
  /** A cache line; no two blocks share one. */
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final long address;
  private final ByteBuffer structures;
  private final ByteBuffer octets;

  NativeBlock(int size) {
    MemorySegment segment = arena.allocate(size, ALIGNMENT);
    address = segment.address();
    structures = segment.asByteBuffer().order(ByteOrder.nativeOrder());
    octets = segment.asByteBuffer();
  }

  /** Where C finds the octet at {@code offset}. */
  long address(int offset) {
    return address + offset;
  }

  /** In the byte order of this machine, for C's structures. */
  ByteBuffer structures() {
    return structures;
  }

  /** In the byte order of the network. */
  ByteBuffer octets() {
    return octets;
  }

  @Override
  public void close() {
    arena.close();
  }
}
