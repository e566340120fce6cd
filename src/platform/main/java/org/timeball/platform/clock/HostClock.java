package org.timeball.platform.clock;

import org.timeball.core.SystemClock;

/**
 * A clock of this machine: steered by the brain's thread, read by every other.
 *
 * <p>{@link #onRealtimeJump} must be called, if at all, before other threads use the clock.
 */
public interface HostClock extends SystemClock, PacketClock, AutoCloseable {
  /** One word for people: {@code kernel} or {@code user}. */
  String name();

  /** log2 of the time one reading takes, in seconds (RFC 5905, section 7.3). */
  int precisionExponent();

  /** The rate in force against the raw scale. */
  double frequency();

  /** Where it is with a leap second. */
  LeapPhase leapPhase();

  /** What {@link #reportQuality} last said. */
  Quality quality();

  /** Who is told when CLOCK_REALTIME moved and it was not our doing; called from any thread. */
  void onRealtimeJump(RealtimeJumpListener listener);

  /** Leaves the clock in an honest state. */
  @Override
  void close();
}
