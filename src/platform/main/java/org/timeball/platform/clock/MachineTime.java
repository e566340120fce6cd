package org.timeball.platform.clock;

/**
 * The kernel's CLOCK_REALTIME, to be looked at and not touched: what a demonstration takes for the
 * truth, and how a simulation tells how long it took. Nothing that serves time reads it.
 */
public final class MachineTime {
  private MachineTime() {}

  /** Unix nanoseconds, as whoever steers that clock has it. */
  public static long unixNanos() {
    return LinuxClocks.INSTANCE.realtimeNanos();
  }
}
