package org.timeball.spi;

import org.timeball.time.Leap;
import org.timeball.time.UtcTime;

/**
 * "It is now this second": a sentence or message that names a moment of UTC. By itself it is only
 * as good as its arrival time; joined with a pulse it says which second the pulse began.
 *
 * <p>A driver hands over every moment it could read, so that a recording shows all of them, and
 * says with each what it may be used for.
 *
 * @param utc the moment named
 * @param dated whether it named the day itself; otherwise the day is that of an earlier one
 * @param kind what carried it, such as {@code RMC}; lateness is learned for each kind apart
 * @param octetOffset where it began: octets handed to the driver before it since the line came up
 * @param startRawNanos when its first octet arrived
 * @param endRawNanos when its last octet arrived
 * @param leap what the receiver announces; {@link Leap#NONE} if it says nothing
 * @param standing what it may be used for
 */
public record Label(
    UtcTime utc,
    boolean dated,
    String kind,
    long octetOffset,
    long startRawNanos,
    long endRawNanos,
    Leap leap,
    Standing standing) {
  /** What a label may be used for. Only {@link #CARRIER} ever numbers a second. */
  public enum Standing {
    /** Vouched for, fresh, and of the one kind that carries the label on this line. */
    CARRIER,
    /** As good, but another kind carries the label: one lateness must fit all that are used. */
    SPARE,
    /** The receiver does not vouch for it: its own battery clock, or dead reckoning. */
    NO_FIX,
    /** It waited on its way, so the time of its arrival means nothing. */
    STALE,
    /**
     * It does not continue the labels before it: repeated, backwards, or a jump. Labels that agree
     * with it for long enough will prove it.
     */
    UNCONFIRMED
  }
}
