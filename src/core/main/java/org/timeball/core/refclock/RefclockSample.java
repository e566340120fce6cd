package org.timeball.core.refclock;

/**
 * A reference clock's measurement: at {@code rawNanos} true time was {@code unixNanos}.
 *
 * @param basis what it was made from
 * @param systematic seconds by which every sample like this one may be wrong in the same direction;
 *     no averaging takes it out
 */
public record RefclockSample(long rawNanos, long unixNanos, Basis basis, double systematic) {
  /** What a sample was made from. */
  public enum Basis {
    /** A numbered pulse. */
    PULSE,
    /** A label's arrival alone. */
    LABEL,
    /** A clock that measures by itself. */
    MEASUREMENT,
    /** Requests and replies of a server on the network. */
    EXCHANGE
  }
}
