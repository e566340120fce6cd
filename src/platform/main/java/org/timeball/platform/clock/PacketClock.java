package org.timeball.platform.clock;

/**
 * The clock as threads that handle packets and pulses need it: what it shows now, and what it
 * showed (or the raw scale showed) at the moment of a kernel stamp. Kernel stamps are
 * CLOCK_REALTIME; each is converted at the edge by a bracketed pair of readings.
 *
 * <p>Safe for several threads; allocates nothing.
 */
public interface PacketClock {
  /** The answer of {@link #placedRawNanos} for a stamp that cannot be placed. */
  long UNPLACED = Long.MIN_VALUE;

  /** The served clock now, in Unix nanoseconds. */
  long nowUnixNanos();

  /** The raw scale now. */
  long nowRawNanos();

  /**
   * What the served clock showed when the kernel's CLOCK_REALTIME showed {@code realtimeNanos}, a
   * moment ago. If somebody set that clock in between and the stamp cannot be placed: now.
   */
  long unixNanosOfStamp(long realtimeNanos);

  /**
   * What the raw scale showed when the kernel's CLOCK_REALTIME showed {@code realtimeNanos}, a
   * moment ago. If somebody set that clock in between and the stamp cannot be placed: now.
   */
  long rawNanosOfStamp(long realtimeNanos);

  /**
   * {@link #rawNanosOfStamp} for pulses, where a wrong answer is worse than none: {@link #UNPLACED}
   * if the stamp cannot be placed.
   */
  long placedRawNanos(long realtimeNanos);
}
