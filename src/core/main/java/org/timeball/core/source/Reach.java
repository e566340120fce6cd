package org.timeball.core.source;

/** The reach register (RFC 5905, section 9.2): the last eight intervals, one bit each. */
public final class Reach {
  private int bits;
  private boolean heard;

  /** Something good came. */
  public void heard() {
    heard = true;
    bits |= 1;
  }

  /** The next interval begins. */
  public void shift() {
    bits = bits << 1 & 0xFF;
    heard = false;
  }

  /** Whether something good came in this interval. */
  public boolean isHeard() {
    return heard;
  }

  /** 0 to 255; 0 is unreachable. */
  public int bits() {
    return bits;
  }
}
