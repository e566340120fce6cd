package org.timeball.platform.clock;

/** Tells when somebody set CLOCK_REALTIME. Belongs to one thread. */
interface ClockSetSignal extends AutoCloseable {
  /**
   * Waits.
   *
   * @param nanos at most about this long
   * @return whether the clock was set in this time
   */
  boolean await(long nanos);

  @Override
  void close();
}
