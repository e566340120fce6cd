package org.timeball.time;

/**
 * The 32-bit short format, 16.16 fixed point, of root delay and root dispersion (RFC 5905, section
 * 6).
 */
public final class NtpShort {
  private static final double UNIT = 0x1p-16;

  private NtpShort() {}

  /**
   * Rounds {@code seconds} up, so that a bound stays a bound; below 0 becomes 0, above 65535.99998
   * becomes the largest.
   */
  public static int ofSecondsRoundedUp(double seconds) {
    if (!(seconds > 0)) {
      return 0;
    }
    double units = Math.ceil(seconds / UNIT);
    return units >= 0x1p32 ? 0xFFFF_FFFF : (int) (long) units;
  }

  /** Seconds, 0 to 65535.99998. */
  public static double toSeconds(int bits) {
    return Integer.toUnsignedLong(bits) * UNIT;
  }
}
