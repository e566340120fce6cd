package org.timeball.server.net;

/**
 * How many datagrams to take at once. Few while the queue is short, because a reply's transmit
 * timestamp grows stale while its neighbours in the batch are sent; many under load, because then a
 * call less for each is worth more.
 */
final class BatchLimit {
  private static final int FEWEST = 4;

  private final int most;
  private int limit = FEWEST;

  BatchLimit(int most) {
    this.most = most;
  }

  int next() {
    return limit;
  }

  /** Learns from how many came when {@link #next} were asked for. */
  void taken(int count) {
    if (count == limit) {
      limit = Math.min(limit * 2, most);
    } else if (count < limit / 2) {
      limit = Math.max(limit / 2, FEWEST);
    }
  }
}
