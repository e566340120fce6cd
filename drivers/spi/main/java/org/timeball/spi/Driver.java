package org.timeball.spi;

/**
 * One reference clock's decoder: a state machine fed by its line. Whatever arrives, it must not
 * throw: damage is handed to the sink as a {@link Rejection}. Every method has a default, so that a
 * driver implements what its line does.
 */
public interface Driver {
  /**
   * The line is open and ready. Called again after each loss; whatever was half read before is
   * void.
   */
  default void onLineUp(LineControl line, long nowRawNanos) {}

  /** The line is gone; {@link #onLineUp} follows when it is back. */
  default void onLineDown(long nowRawNanos) {}

  /**
   * Octets from a serial line, a modem or a socket.
   *
   * @param octets valid between {@code offset} and {@code offset + length} during this call only
   * @param firstRawNanos when the first of them arrived, as well as the host can tell
   * @param lastRawNanos when the last of them arrived
   */
  default void onOctets(
      byte[] octets, int offset, int length, long firstRawNanos, long lastRawNanos) {}

  /** An edge on a pulse line, in the order in which the edges happened. */
  default void onEdge(Edge edge) {}

  /** The moment asked for with {@link Sink#wakeAt} has come. */
  default void onTimer(long nowRawNanos) {}

  /**
   * A measurement is wanted now: the operator asked, or no other clock is left. For a clock that
   * costs something to ask, such as a telephone call; one that talks by itself ignores it.
   */
  default void onDemand(long nowRawNanos) {}

  /**
   * When an octet within one piece arrived: evenly between the first and the last, as well as
   * anyone can tell.
   *
   * @param index 0 to {@code length - 1}
   */
  static long arrivalOf(int index, int length, long firstRawNanos, long lastRawNanos) {
    return length <= 1
        ? lastRawNanos
        : firstRawNanos + (lastRawNanos - firstRawNanos) * index / (length - 1);
  }
}
