package org.timeball.core;

import java.util.Optional;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/**
 * All that a reply says about this server, published by the brain as one immutable value and read
 * once for each packet. Shared between threads.
 *
 * @param leap {@link Leap#UNSYNCHRONIZED} until true time is proven
 * @param stratum 1 to 15, or 16 when unsynchronised (0 on the wire)
 * @param precisionExponent log2 of the precision in seconds, such as -20
 * @param rootDelay seconds
 * @param rootDispersion seconds, at {@code referenceUnixNanos}'s publication; see {@link
 *     #rootDispersionAt}
 * @param dispersionRate growth of the root dispersion in seconds a second (RFC 5905: PHI, 15e-6, or
 *     the learned rate)
 * @param dispersionFromUnixNanos the moment for which {@code rootDispersion} holds
 * @param referenceId what this server follows
 * @param referenceUnixNanos when the clock was last set or corrected
 * @param nearLeap the leap second of these days, if there is one, for {@code
 *     dispersionFromUnixNanos}
 */
public record ServerState(
    Leap leap,
    int stratum,
    int precisionExponent,
    double rootDelay,
    double rootDispersion,
    double dispersionRate,
    long dispersionFromUnixNanos,
    ReferenceId referenceId,
    long referenceUnixNanos,
    Optional<NearLeap> nearLeap) {

  /** A state far from any leap second. */
  public ServerState(
      Leap leap,
      int stratum,
      int precisionExponent,
      double rootDelay,
      double rootDispersion,
      double dispersionRate,
      long dispersionFromUnixNanos,
      ReferenceId referenceId,
      long referenceUnixNanos) {
    this(
        leap,
        stratum,
        precisionExponent,
        rootDelay,
        rootDispersion,
        dispersionRate,
        dispersionFromUnixNanos,
        referenceId,
        referenceUnixNanos,
        Optional.empty());
  }

  /** A server that knows nothing yet. */
  public static ServerState unsynchronized(int precisionExponent) {
    return new ServerState(
        Leap.UNSYNCHRONIZED, 16, precisionExponent, 0, 0, 0, 0, ReferenceId.NONE, 0);
  }

  /** The same with another announcement. */
  public ServerState withLeap(Leap other) {
    return new ServerState(
        other,
        stratum,
        precisionExponent,
        rootDelay,
        rootDispersion,
        dispersionRate,
        dispersionFromUnixNanos,
        referenceId,
        referenceUnixNanos,
        nearLeap);
  }

  /**
   * Root dispersion in seconds as a reply sent at this moment must state it: it grows between
   * updates.
   */
  public double rootDispersionAt(long unixNanos) {
    return rootDispersion
        + Math.max(0, unixNanos - dispersionFromUnixNanos) * 1e-9 * dispersionRate;
  }
}
