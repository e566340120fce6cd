package org.timeball.core.source;

import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** What a packet that arrived for an association turned out to be. */
public sealed interface Reception {
  /**
   * A reply that passed all tests; names as in RFC 5905, section 8.
   *
   * @param t1RawNanos when the request left, raw scale
   * @param t2UnixNanos when it reached the server, by the server's clock
   * @param t3UnixNanos when the reply left the server, by the server's clock
   * @param t4RawNanos when the reply arrived, raw scale
   */
  record Exchange(
      long t1RawNanos, long t2UnixNanos, long t3UnixNanos, long t4RawNanos, Server server)
      implements Reception {
    /** Seconds on the way, both legs. */
    public double delay() {
      return ((t4RawNanos - t1RawNanos) - (t3UnixNanos - t2UnixNanos)) * 1e-9;
    }
  }

  /**
   * What the server says of itself.
   *
   * @param rootDelay seconds
   * @param rootDispersion seconds
   */
  record Server(
      Leap leap,
      int stratum,
      int precisionExponent,
      double rootDelay,
      double rootDispersion,
      ReferenceId referenceId) {}

  /** Not used. */
  record Dropped(PacketTest failed) implements Reception {}

  /** The server asks for something instead of giving time (RFC 5905, section 7.4). */
  record Kiss(String code) implements Reception {}
}
