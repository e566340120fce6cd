package org.timeball.platform.process;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Numbers that nobody can guess, straight from the kernel's generator. The JDK's has the same
 * source and mixes in a digest, which costs more than the kernel's part: a thirtieth of an answer
 * with Network Time Security. Safe for several threads.
 */
public final class KernelRandom implements LongSupplier {
  private static final String DEVICE = "/dev/urandom";

  /** For the life of the process, and for all of its threads: what one reads no other gets. */
  private static final FileInputStream SOURCE = open();

  private static FileInputStream open() {
    try {
      return new FileInputStream(DEVICE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be read, so nothing can be kept secret: %s; look at what the service may see of /dev"
              .formatted(DEVICE, e.getMessage()),
          e);
    }
  }

  /** Fills the whole array. */
  public void fill(byte[] octets) {
    try {
      if (SOURCE.readNBytes(octets, 0, octets.length) < octets.length) {
        throw new EOFException("it ended");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(DEVICE + ": " + e.getMessage(), e);
    }
  }

  @Override
  public long getAsLong() {
    byte[] octets = new byte[Long.BYTES];
    fill(octets);
    return ByteBuffer.wrap(octets).getLong();
  }
}
