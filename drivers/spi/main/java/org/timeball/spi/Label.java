package org.timeball.spi;

import org.timeball.time.Leap;
import org.timeball.time.UtcTime;

/**
 * "It is now this second": a sentence or message that names a moment of UTC. By itself it is only
 * as good as its arrival time; joined with a pulse it says which second the pulse began.
 *
 * @param utc the moment named
 * @param kind what carried it, such as {@code RMC}; lateness is learned for each kind apart
 * @param startRawNanos when the first octet of the sentence arrived
 * @param endRawNanos when its last octet arrived
 * @param leap what the receiver announces; {@link Leap#NONE} if it says nothing
 * @param trust how far the receiver vouches for it
 */
public record Label(
    UtcTime utc, String kind, long startRawNanos, long endRawNanos, Leap leap, Trust trust) {
  /** How far a receiver vouches for a label. */
  public enum Trust {
    /** The receiver has a fix and says so. */
    FIX,
    /**
     * A time, but no fix: a receiver's own battery clock, or dead reckoning. Shown, never served
     * from.
     */
    NO_FIX
  }
}
