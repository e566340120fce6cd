package org.timeball.server.nts.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/**
 * A connection that is over at a given moment, however slowly the other side sends, and that takes
 * no more octets than any handshake needs. Belongs to one thread.
 */
final class DeadlineSocket extends Socket {
  /** Chains of certificates are a few kilobytes; a chain of many large ones is some tens. */
  private static final int MOST_OCTETS = 131_072;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LongSupplier rawNanos;
  private final long deadlineRawNanos;
  private int received;

  DeadlineSocket(LongSupplier rawNanos, long deadlineRawNanos) {
    this.rawNanos = rawNanos;
    this.deadlineRawNanos = deadlineRawNanos;
  }

  /**
   * Milliseconds that are left, at least one.
   *
   * @throws SocketTimeoutException if there are none
   */
  int remainingMillis() throws SocketTimeoutException {
    long left = (deadlineRawNanos - rawNanos.getAsLong()) / NANOS_PER_MILLI;
    if (left < 1) {
      throw new SocketTimeoutException("it took too long");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] octets, int at, int length) throws IOException {
        setSoTimeout(remainingMillis());
        int count = super.read(octets, at, length);
        received += Math.max(count, 0);
        if (received > MOST_OCTETS) {
          throw new IOException("the server sends more than any key exchange takes");
        }
        return count;
      }
    };
  }
}
