package org.timeball.platform.clock;

/**
 * The clock as threads that handle packets and pulses need it: what it shows now, and what it
 * showed (or the raw scale showed) at the moment of a kernel stamp. Kernel stamps are
 * CLOCK_REALTIME; each is converted at the edge by a bracketed pair of readings.
 *
 * <p>Safe for several threads; allocates nothing.
 */
public interface PacketClock {
  /** The served clock now, in Unix nanoseconds. */
  long nowUnixNanos();

  /** The raw scale now. */
  long nowRawNanos();

  /**
   * What the served clock showed when the kernel's CLOCK_REALTIME showed {@code realtimeNanos}, a
   * moment ago.
   */
  long unixNanosOfStamp(long realtimeNanos);

  /**
   * What the raw scale showed when the kernel's CLOCK_REALTIME showed {@code realtimeNanos}, a
   * moment ago.
   */
  long rawNanosOfStamp(long realtimeNanos);
}
