package org.timeball.platform.line;

import org.timeball.spi.Edge;
import org.timeball.spi.LineControl;

/** What a line has to say. All calls come from the line's own thread. */
public interface LineListener {
  /** The device is open. */
  void lineUp(LineControl control, long nowRawNanos);

  /**
   * The device is lost, or cannot be opened for this reason, which is a sentence for people. It
   * will be tried again.
   */
  void lineDown(String reason, long nowRawNanos);

  /**
   * Octets came.
   *
   * @param octets valid during this call
   * @param firstRawNanos when the first of them began to arrive, as well as can be told
   * @param lastRawNanos when they were read
   */
  default void octets(
      byte[] octets, int offset, int length, long firstRawNanos, long lastRawNanos) {}

  /** An edge of a pulse line; in the order in which they happened. */
  default void edge(Edge edge) {}

  /** The moment of {@link #nextWakeRawNanos} has come, within 0.1 s. */
  default void wake(long nowRawNanos) {}

  /** When to call {@link #wake}; asked after each call. */
  default long nextWakeRawNanos() {
    return Long.MAX_VALUE;
  }
}
