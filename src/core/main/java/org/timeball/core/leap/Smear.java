package org.timeball.core.leap;

import org.timeball.core.NearLeap;
import org.timeball.time.ReferenceId;

/**
 * A leap second spread over hours, half of them before it and half after: what clients are shown
 * never leaps, and is wrong by up to half a second meanwhile.
 *
 * <p>While it lasts the reference identifier is 254.x.y.z, where x.y.z is what was added to UTC, in
 * units of 2^-22 s and two's complement. That is what ntpd says when it smears; an address that
 * begins with 254 is nobody's.
 *
 * @param shape how the second is spread
 * @param lengthSeconds how many seconds of the time that is shown it takes; the leap second is in
 *     their middle
 */
public record Smear(Shape shape, double lengthSeconds) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private static final int MARK = 254 << 24;
  private static final int VALUE_MASK = 0xFF_FFFF;
  private static final double UNITS_PER_NANO = 0x1p22 * 1e-9;

  /** How a second is spread. */
  public enum Shape {
    /**
     * The clock that is shown runs at one rate all the time, as several public services have it.
     */
    LINEAR {
      @Override
      double part(double progress) {
        return progress;
      }
    },
    /** Its rate changes gently, and in the middle is pi / 2 times as far from the true one. */
    COSINE {
      @Override
      double part(double progress) {
        return (1 - Math.cos(Math.PI * progress)) / 2;
      }
    };

    /** The part of the second that has been spread, at a part of the time that it takes. */
    abstract double part(double progress);
  }

  /**
   * What is shown. Allocates nothing.
   *
   * @param near the leap second that is spread
   * @param unixNanos what the clock shows itself
   * @param rawNanos when
   */
  public long shownUnixNanos(NearLeap near, long unixNanos, long rawNanos) {
    long counted = near.counted(unixNanos, rawNanos);
    int seconds = near.leap().seconds();
    long start =
        near.leap().midnightUnixSeconds() * NANOS_PER_SECOND
            - Math.round(lengthSeconds / 2 * NANOS_PER_SECOND);
    // The time that is shown takes lengthSeconds; true time one second more, or less.
    double progress = (counted - start) / ((lengthSeconds + seconds) * NANOS_PER_SECOND);
    double spread = shape.part(Math.clamp(progress, 0.0, 1.0));
    return counted - Math.round(seconds * spread * NANOS_PER_SECOND);
  }

  /** The reference identifier that tells what is added to UTC. */
  public static ReferenceId mark(long addedNanos) {
    return new ReferenceId(MARK | ((int) Math.round(addedNanos * UNITS_PER_NANO) & VALUE_MASK));
  }

  /**
   * Whether two reference identifiers of a server, one after the other, tell that it spreads a leap
   * second. One alone does not: one in 256 servers that follow an IPv6 address is named so by
   * chance, and always the same.
   */
  public static boolean areMarks(ReferenceId earlier, ReferenceId later) {
    return isMark(earlier) && isMark(later) && !earlier.equals(later);
  }

  /** Whether a reference identifier may tell that a leap second is being spread. */
  public static boolean isMark(ReferenceId referenceId) {
    return (referenceId.bits() & ~VALUE_MASK) == MARK;
  }
}
