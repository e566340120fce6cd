package org.timeball.platform.clock;

/** The two kernel clocks that everything here is made from. Safe for several threads. */
interface ClockSource {
  /** CLOCK_MONOTONIC_RAW in nanoseconds: only goes forward, never corrected by anybody. */
  long rawNanos();

  /** CLOCK_REALTIME in Unix nanoseconds: whoever may steer it, does. */
  long realtimeNanos();
}
