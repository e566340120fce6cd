package org.timeball.server.net;

/**
 * Whether a thread has more requests than it can answer, told from batch to batch. Both changes
 * take a while, so that a burst changes nothing and a pause in a flood does not either.
 */
final class Overload {
  /** Batches in a row that left requests waiting: some thousand requests, a few milliseconds. */
  static final int TOO_MANY = 64;

  /** Batches in a row that took all that waited. */
  static final int AT_REST = 1_024;

  private boolean overloaded;
  private int against;

  /**
   * Takes note of a batch.
   *
   * @param queueEmptied whether no request was left waiting
   * @return whether it is overloaded now
   */
  boolean after(boolean queueEmptied) {
    against = queueEmptied == overloaded ? against + 1 : 0;
    if (against >= (overloaded ? AT_REST : TOO_MANY)) {
      overloaded = !overloaded;
      against = 0;
    }
    return overloaded;
  }
}
