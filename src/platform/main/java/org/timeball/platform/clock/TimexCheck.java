package org.timeball.platform.clock;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.platform.linux.LinuxError;

/**
 * Makes sure, by a call that only reads, that this kernel's {@code struct timex} is the one that
 * {@link Timex} knows, before anything is written through it. A wrong offset would set the clock to
 * nonsense without any error.
 */
final class TimexCheck {
  /** After the structure: must be as it was when the kernel is done. */
  private static final int GUARD_OCTETS = 64;

  private static final byte GUARD = (byte) 0xA5;

  /** The kernel writes the time between our two readings of it; microseconds are cut off. */
  private static final long ROUNDING_NANOS = 1_000;

  /** Beyond any leap seconds that will be seen; MAX_TAI_OFFSET of the kernel. */
  private static final int LARGEST_TAI = 100_000;

  private TimexCheck() {}

  /**
   * Reads the kernel's clock and compares.
   *
   * @return what was read
   * @throws ClockException if it is not what it should be
   */
  static Timex check(TimexSystem system, ClockSource source) throws ClockException {
    ByteBuffer octets =
        ByteBuffer.allocateDirect(Timex.OCTETS + GUARD_OCTETS).order(ByteOrder.nativeOrder());
    for (int i = Timex.OCTETS; i < octets.capacity(); i++) {
      octets.put(i, GUARD);
    }
    long before = source.realtimeNanos();
    int state;
    try {
      state = system.adjust(octets);
    } catch (LastErrorException e) {
      throw new ClockException(
          "kernel clock: clock_adjtime cannot be called here: " + LinuxError.describe(e));
    }
    long after = source.realtimeNanos();
    Timex read = Timex.over(octets);
    require(state >= 0 && state <= Timex.TIME_ERROR, "state", state);
    require(
        read.realtimeNanos() >= before - ROUNDING_NANOS && read.realtimeNanos() <= after,
        "time",
        read.realtimeNanos());
    require(
        Math.abs(read.tick() - Timex.NOMINAL_TICK) <= Timex.LARGEST_TICK_CHANGE,
        "tick",
        read.tick());
    require(read.tolerance() == Timex.LARGEST_FREQUENCY, "tolerance", read.tolerance());
    require(Math.abs(read.frequency()) <= Timex.LARGEST_FREQUENCY, "frequency", read.frequency());
    require(read.precisionMicros() == 1, "precision", read.precisionMicros());
    require(read.tai() >= 0 && read.tai() <= LARGEST_TAI, "TAI offset", read.tai());
    for (int i = Timex.OCTETS; i < octets.capacity(); i++) {
      require(octets.get(i) == GUARD, "octet beyond the end at", i);
    }
    return read;
  }

  private static void require(boolean holds, String field, long value) throws ClockException {
    if (!holds) {
      throw new ClockException(
          "kernel clock: this kernel's struct timex is not the one of 64-bit Linux ("
              + field
              + " reads "
              + value
              + "), so steering it could do anything. Choose the user-space clock.");
    }
  }
}
