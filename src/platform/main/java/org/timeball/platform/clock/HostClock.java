package org.timeball.platform.clock;

import org.timeball.core.SystemClock;

/** A clock of this machine: steered by the brain's thread, read by every other. */
public interface HostClock extends SystemClock, PacketClock, AutoCloseable {
  /** One word for people: {@code kernel} or {@code user}. */
  String name();

  /** Whether this is CLOCK_REALTIME itself, so that who moves that clock moves this one. */
  boolean isRealtime();

  /**
   * log2 of the time one reading takes, in seconds (RFC 5905, section 7.3). In a program that has
   * just started it may come out larger than later.
   */
  int precisionExponent();

  /** The rate in force against the raw scale. */
  double frequency();

  /** Where it is with a leap second. */
  LeapPhase leapPhase();

  /** What {@link #reportQuality} last said. */
  Quality quality();

  /**
   * Starts the thread that looks whether somebody else sets CLOCK_REALTIME, and says who is told.
   * It notices within a second; a reader may notice before it.
   */
  void watchRealtime(RealtimeJumpListener listener);

  /** Leaves the clock in an honest state. */
  @Override
  void close();
}
