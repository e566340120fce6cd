package org.timeball.platform.clock;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * {@code clock_gettime} of the C library, which answers from the vDSO without entering the kernel.
 * Safe for several threads; each has its own 16 octets, so that a reading allocates nothing.
 */
final class LinuxClocks implements ClockSource {
  static final LinuxClocks INSTANCE = new LinuxClocks();

  /** Values of {@code clockid_t} from the kernel's {@code uapi/linux/time.h}. */
  static final int CLOCK_REALTIME = 0;

  static final int CLOCK_MONOTONIC_RAW = 4;
  static final int CLOCK_TAI = 11;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Octets of {@code struct timespec} on a 64-bit kernel: seconds, nanoseconds. */
  private static final int TIMESPEC_OCTETS = 16;

  // "Critical" leaves out the thread's state change: the call takes some 20 ns and cannot block.
  private static final MethodHandle CLOCK_GETTIME =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
              Linker.Option.critical(false));

  private static final ThreadLocal<MemorySegment> TIMESPEC =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(TIMESPEC_OCTETS, Long.BYTES));

  private LinuxClocks() {}

  @Override
  public long rawNanos() {
    return nanos(CLOCK_MONOTONIC_RAW);
  }

  @Override
  public long realtimeNanos() {
    return nanos(CLOCK_REALTIME);
  }

  /** Any of the kernel's clocks in nanoseconds. */
  static long nanos(int clockId) {
    MemorySegment timespec = TIMESPEC.get();
    int result;
    try {
      result = (int) CLOCK_GETTIME.invokeExact(clockId, timespec);
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime could not be called", e);
    }
    if (result != 0) {
      throw new IllegalStateException("the kernel has no clock " + clockId);
    }
    return timespec.get(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND
        + timespec.get(ValueLayout.JAVA_LONG, Long.BYTES);
  }
}
