package org.timeball.time;

/** The leap indicator (RFC 5905, section 7.3, figure 9). */
public enum Leap {
  /** No leap second at the end of the day. */
  NONE(0),
  /** The last minute of the day has 61 seconds. */
  INSERT(1),
  /** The last minute of the day has 59 seconds. */
  DELETE(2),
  /** The clock has never been synchronised, or no longer is. */
  UNSYNCHRONIZED(3);

  private static final Leap[] BY_WIRE = {NONE, INSERT, DELETE, UNSYNCHRONIZED};

  private final int wire;

  Leap(int wire) {
    this.wire = wire;
  }

  /** The two bits on the wire, 0 to 3. */
  public int wire() {
    return wire;
  }

  /** The leap indicator of two bits; anything above is masked off. */
  public static Leap ofWire(int bits) {
    return BY_WIRE[bits & 3];
  }
}
