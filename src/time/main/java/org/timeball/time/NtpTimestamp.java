package org.timeball.time;

/**
 * A 64-bit NTP timestamp without its era (RFC 5905, section 6): seconds since 1900 modulo 2^32 in
 * the upper half, the fraction in units of 2^-32 s in the lower.
 */
public record NtpTimestamp(long bits) {
  /** Seconds from 1900-01-01 to 1970-01-01: 70 years, 17 of them leap years. */
  public static final long UNIX_EPOCH_SECONDS = (70 * 365 + 17) * 86_400L;

  /** "Unknown" on the wire: the value of a field that was never set. */
  public static final NtpTimestamp UNSET = new NtpTimestamp(0);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The timestamp of an instant of any era, rounded to the nearest 2^-32 s. */
  public static NtpTimestamp ofUnixNanos(long unixNanos) {
    return new NtpTimestamp(bitsOfUnixNanos(unixNanos));
  }

  /** {@link #ofUnixNanos} for the reply path: no object. */
  public static long bitsOfUnixNanos(long unixNanos) {
    long seconds = Math.floorDiv(unixNanos, NANOS_PER_SECOND);
    long nanos = unixNanos - seconds * NANOS_PER_SECOND;
    // nanos < 2^30, so the shifted value fits 62 bits; half the divisor rounds to nearest.
    long fraction = ((nanos << 32) + NANOS_PER_SECOND / 2) / NANOS_PER_SECOND;
    return ((seconds + UNIX_EPOCH_SECONDS) << 32) + fraction;
  }

  /**
   * The instant nearest to {@code pivotUnixNanos} that this timestamp can mean: right for every era
   * while the pivot is within 68 years of the truth (RFC 5905, section 6).
   */
  public long unixNanosNear(long pivotUnixNanos) {
    return unixNanosNear(bits, pivotUnixNanos);
  }

  /** {@link #unixNanosNear(long)} for the reply path: no object. */
  public static long unixNanosNear(long bits, long pivotUnixNanos) {
    long pivotBits = bitsOfUnixNanos(pivotUnixNanos);
    return pivotUnixNanos + nanosOfFixedPoint(bits - pivotBits);
  }

  /** A signed 32.32 fixed-point difference in nanoseconds, rounded to the nearest. */
  public static long nanosOfFixedPoint(long difference) {
    long seconds = difference >> 32;
    long fraction = difference & 0xFFFF_FFFFL;
    return seconds * NANOS_PER_SECOND + ((fraction * NANOS_PER_SECOND + (1L << 31)) >> 32);
  }

  /**
   * Seconds from {@code earlier} to this. Right across an era boundary while both are within 68
   * years.
   */
  public double secondsSince(NtpTimestamp earlier) {
    return (bits - earlier.bits) * 0x1p-32;
  }

  /** True for the all-zero value, which means "unknown" and never an instant. */
  public boolean isUnset() {
    return bits == 0;
  }

  @Override
  public String toString() {
    return String.format("%08x.%08x", bits >>> 32, bits & 0xFFFF_FFFFL);
  }
}
