package org.timeball.server.peer;

/**
 * How much of what one sender sends is handed to the brain: a peer sends sixteen packets a second
 * at most; more is a flood under its address, and would crowd out what others measured. Belongs to
 * one thread.
 */
final class Pace {
  private static final int MOST_IN_A_SECOND = 32;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private long secondRawNanos;
  private int count;

  Pace(long nowRawNanos) {
    secondRawNanos = nowRawNanos;
  }

  boolean allows(long nowRawNanos) {
    if (nowRawNanos - secondRawNanos >= NANOS_PER_SECOND) {
      secondRawNanos = nowRawNanos;
      count = 0;
    }
    return ++count <= MOST_IN_A_SECOND;
  }
}
