package org.timeball.core.server;

import java.util.Arrays;

/**
 * When replies left, by the receive timestamps that they carried, for clients that ask for it with
 * their next request (RFC 9769, section 2). A table of fixed size; belongs to one thread; allocates
 * nothing after its construction.
 *
 * <p>Timestamps of this server tell by their lowest bit, a quarter of a nanosecond, what they are:
 * set in receive timestamps, clear in transmit timestamps. So a client of the interleaved mode is
 * known by the first receipt that it shows, nothing is kept for the clients of the basic mode, who
 * show transmit timestamps or nothing, and the two are never equal, which RFC 9769 demands.
 *
 * <p>A departure is told once. Where the table is full the oldest of the few that share a place
 * makes room; its client gets a reply of the basic mode, which is right too.
 */
public final class Interleaving {
  /** Clients with a request in between; each takes 16 octets. */
  public static final int USUAL_CLIENTS = 4_096;

  /** Places that a departure may take: one cache line. */
  private static final int WAYS = 8;

  private static final long RECEIVE_FLAG = 1;

  /**
   * In units of 2^-32 s, about a microsecond: requests of a batch that the kernel did not stamp.
   */
  private static final long SAME_MOMENT = 4_096;

  /** A served clock may be slewed; what is beyond this share of the time between was a step. */
  private static final int SLEW_SHARE = 100;

  private static final long SMALLEST_STEP_NANOS = 1_000_000L;

  private final int setMask;
  private final long[] receiveBits;
  private final long[] transmitBits;
  private final byte[] next;
  private long lastReceipt;
  private boolean placed;
  private long lastUnixNanos;
  private long lastRawNanos;

  /**
   * Room for so many clients.
   *
   * @param clients a power of two, at least 8
   */
  public Interleaving(int clients) {
    if (clients < WAYS || Integer.bitCount(clients) != 1) {
      throw new IllegalArgumentException(
          clients + " clients: a table needs a power of two, at least " + WAYS);
    }
    setMask = clients / WAYS - 1;
    receiveBits = new long[clients];
    transmitBits = new long[clients];
    next = new byte[clients / WAYS];
  }

  /** Whether this timestamp, shown by a client, may be the receipt of one of its requests. */
  static boolean isReceipt(long bits) {
    return (bits & RECEIVE_FLAG) != 0;
  }

  /**
   * A receive timestamp as replies say it; unlike the last one, and every one that a departure is
   * known for.
   */
  long receipt(long bits) {
    long receipt = bits | RECEIVE_FLAG;
    long behind = lastReceipt - receipt;
    if (behind >= 0 && behind < SAME_MOMENT) {
      receipt = lastReceipt + 2;
    }
    for (int i = 0; i < WAYS && find(receipt) >= 0; i++) {
      receipt += 2;
    }
    lastReceipt = receipt;
    return receipt;
  }

  /** A transmit timestamp as replies say it; never 0, which would mean "unknown". */
  static long transmit(long bits) {
    long even = bits & ~RECEIVE_FLAG;
    return even == 0 ? 2 : even;
  }

  /** Tells when the clock was read: what was known before a step of it is known no more. */
  void clockRead(long unixNanos, long rawNanos) {
    long raw = rawNanos - lastRawNanos;
    long gap = Math.abs(unixNanos - lastUnixNanos - raw);
    if (placed && gap > SMALLEST_STEP_NANOS + raw / SLEW_SHARE) {
      Arrays.fill(receiveBits, 0);
    }
    placed = true;
    lastUnixNanos = unixNanos;
    lastRawNanos = rawNanos;
  }

  /** A reply has left. */
  void departed(long receipt, long bits) {
    int set = set(receipt);
    int i = set * WAYS + next[set];
    next[set] = (byte) ((next[set] + 1) % WAYS);
    receiveBits[i] = receipt;
    transmitBits[i] = transmit(bits);
  }

  /** When the reply with this receipt left, as replies say it; 0 if that is not known, or told. */
  long take(long receipt) {
    int i = find(receipt);
    if (i < 0) {
      return 0;
    }
    receiveBits[i] = 0;
    return transmitBits[i];
  }

  private int find(long receipt) {
    int first = set(receipt) * WAYS;
    for (int i = first; i < first + WAYS; i++) {
      if (receiveBits[i] == receipt) {
        return i;
      }
    }
    return -1;
  }

  /** Fibonacci hashing: receipts are moments, and their upper bits hardly differ. */
  private int set(long receipt) {
    return (int) ((receipt * 0x9E37_79B9_7F4A_7C15L) >>> 40) & setMask;
  }
}
