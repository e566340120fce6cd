package org.timeball.platform.serial;

/**
 * When octets began to arrive, told from when they were read. The line says nothing itself: a UART
 * hands over octets in batches, and only the moment of the read is known.
 */
final class OctetTimes {
  /** Start bit, eight data bits, stop bit. */
  private static final int BITS_PER_OCTET = 10;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private long lastReadRawNanos;

  /**
   * @param openedRawNanos nothing arrived before that
   */
  OctetTimes(long openedRawNanos) {
    lastReadRawNanos = openedRawNanos;
  }

  /**
   * When the first octet of a read began to arrive: as long ago as the octets need at this speed,
   * but never before the read before, which would have had it.
   *
   * @param count octets in this read
   */
  long firstRawNanos(long readRawNanos, int count, int baud) {
    long duration = NANOS_PER_SECOND * BITS_PER_OCTET * count / baud;
    long first = Math.max(readRawNanos - duration, lastReadRawNanos);
    lastReadRawNanos = readRawNanos;
    return first;
  }
}
