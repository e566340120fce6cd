package org.timeball.sim.receiver;

import java.util.Arrays;

/**
 * What a receiver sends about one second: octets that follow each other at the line's speed. All
 * times are nanoseconds after the true beginning of that second.
 */
public final class Burst {
  private final long startNanos;
  private final long octetNanos;
  private final byte[] octets;

  /**
   * @param startNanos when the first octet's start bit begins
   * @param octetNanos how long one octet takes
   * @param octets as they go over the line
   */
  Burst(long startNanos, long octetNanos, byte[] octets) {
    this.startNanos = startNanos;
    this.octetNanos = octetNanos;
    this.octets = octets.clone();
  }

  /** When octet {@code index} has arrived whole. */
  public long arrivalNanos(int index) {
    return startNanos + (index + 1) * octetNanos;
  }

  /** How many octets there are. */
  public int length() {
    return octets.length;
  }

  /** A copy of the octets from {@code from} to before {@code until}. */
  public byte[] octets(int from, int until) {
    return Arrays.copyOfRange(octets, from, until);
  }

  /** A copy of all octets. */
  public byte[] octets() {
    return octets.clone();
  }
}
