package org.timeball.core.server;

import java.util.Arrays;

/**
 * Remembers how much clients asked of late, in a table that never grows. Belongs to one thread;
 * allocates nothing after its construction.
 *
 * <p>For each client it keeps one moment: when what it asked so far would have been due at the
 * granted pace (the generic cell rate algorithm). A client that runs too far ahead of the clock is
 * not answered until the clock has caught up; what is not answered costs it nothing.
 *
 * <p>A client that is not in the table takes the place of the one that asked least, of the few that
 * share its place. To be forgotten is no harm: a client unknown is a client that has asked nothing.
 * So a flood from forged addresses makes room for itself and takes nothing from anybody.
 */
public final class ClientTable {
  /** What is done with one more request of a client. */
  public enum Pace {
    /** It is answered. */
    GRANTED,
    /** It is told to ask less. */
    KISSED,
    /** It is not answered. */
    EXCEEDED
  }

  /** The smallest table there is. */
  public static final int LEAST_CLIENTS = 8;

  /** Places that a client may take; one cache line of each array. */
  private static final int WAYS = LEAST_CLIENTS;

  private static final long NEVER = Long.MIN_VALUE / 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long secret;
  private final int setMask;
  private RateLimit limit;
  private long toleranceNanos;
  private long maskHigh;
  private long maskLow;
  private long kissDistanceNanos;

  private final long[] highs;
  private final long[] lows;
  private final long[] dueNanos;
  private final long[] kissedNanos;
  private long kissDueNanos = NEVER;

  /**
   * A table for as many clients as there is room for.
   *
   * @param clients a power of two, at least 8; each takes 32 octets
   * @param secret random and known to nobody else, so that nobody can choose addresses that crowd a
   *     victim out
   */
  public ClientTable(int clients, RateLimit limit, long secret) {
    if (clients < WAYS || Integer.bitCount(clients) != 1) {
      throw new IllegalArgumentException(
          clients + " clients: a table needs a power of two, at least " + WAYS);
    }
    this.secret = secret;
    setMask = clients / WAYS - 1;
    limit(limit);
    highs = new long[clients];
    lows = new long[clients];
    dueNanos = new long[clients];
    kissedNanos = new long[clients];
    Arrays.fill(dueNanos, NEVER);
    Arrays.fill(kissedNanos, NEVER);
  }

  /** Holds clients to another pace from now on; what they asked before counts as it did. */
  void limit(RateLimit newLimit) {
    limit = newLimit;
    toleranceNanos = newLimit.intervalNanos() * (newLimit.burst() - 1L);
    int prefix = newLimit.ipv6PrefixLength();
    maskHigh = prefix >= Long.SIZE ? -1 : -1L << (Long.SIZE - prefix);
    maskLow = prefix <= Long.SIZE ? 0 : -1L << (2 * Long.SIZE - prefix);
    kissDistanceNanos =
        newLimit.kissesPerSecond() == 0 ? 0 : NANOS_PER_SECOND / newLimit.kissesPerSecond();
  }

  /**
   * Counts one more request.
   *
   * @param high upper half of the client's address, as in {@link IpAddresses}
   * @param low lower half
   * @param nowRawNanos any scale that only goes forward
   */
  public Pace request(long high, long low, long nowRawNanos) {
    int i = placeOf(high, low);
    long due = Math.max(dueNanos[i], nowRawNanos);
    if (due - nowRawNanos <= toleranceNanos) {
      dueNanos[i] = due + limit.intervalNanos();
      return Pace.GRANTED;
    }
    return mayKiss(i, nowRawNanos) ? Pace.KISSED : Pace.EXCEEDED;
  }

  /**
   * Whether a client may be told that it is not welcome, which counts against the bounds of kisses.
   *
   * @param high upper half of its address, as in {@link IpAddresses}
   * @param low lower half
   * @param nowRawNanos as in {@link #request}
   */
  boolean mayKiss(long high, long low, long nowRawNanos) {
    int i = placeOf(high, low);
    // It asked; that is what keeps its place, and with it the memory of its last kiss.
    dueNanos[i] = Math.max(dueNanos[i], nowRawNanos);
    return mayKiss(i, nowRawNanos);
  }

  private boolean mayKiss(int i, long now) {
    if (limit.kissIntervalNanos() == 0
        || kissDistanceNanos == 0
        || now - kissedNanos[i] < limit.kissIntervalNanos()
        || now < kissDueNanos) {
      return false;
    }
    kissedNanos[i] = now;
    kissDueNanos = now + kissDistanceNanos;
    return true;
  }

  private int placeOf(long high, long low) {
    boolean ipv4 = IpAddresses.isIpv4(high, low);
    return place(ipv4 ? high : high & maskHigh, ipv4 ? low : low & maskLow);
  }

  /** The client's place; a new client takes that of the one whose requests were due first. */
  private int place(long high, long low) {
    int first = (int) (hash(high, low) & setMask) * WAYS;
    int oldest = first;
    for (int i = first; i < first + WAYS; i++) {
      if (lows[i] == low && highs[i] == high && dueNanos[i] != NEVER) {
        return i;
      }
      if (dueNanos[i] < dueNanos[oldest]) {
        oldest = i;
      }
    }
    highs[oldest] = high;
    lows[oldest] = low;
    dueNanos[oldest] = NEVER;
    kissedNanos[oldest] = NEVER;
    return oldest;
  }

  /** Two rounds of multiply and fold, keyed; enough where a collision only costs a memory. */
  private long hash(long high, long low) {
    long mixed = (high ^ secret) * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 32) ^ low ^ Long.rotateLeft(secret, 23)) * 0xD6E8_FEB8_6659_FD93L;
    return mixed ^ (mixed >>> 32);
  }
}
