package org.timeball.platform.clock;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.util.concurrent.locks.LockSupport;
import org.timeball.platform.linux.Libc;
import org.timeball.platform.linux.LinuxError;

/**
 * A timer on CLOCK_REALTIME that the kernel cancels when that clock is set: it tells steps from
 * slews, however small they are. Where there is none, it only waits.
 */
final class TimerFdSignal implements ClockSetSignal {
  private static final int TFD_CLOEXEC = 0x80000;
  private static final int TFD_TIMER_ABSTIME = 1;
  private static final int TFD_TIMER_CANCEL_ON_SET = 2;

  /** {@code struct itimerspec}: interval and first expiry, each seconds and nanoseconds. */
  private static final int ITIMERSPEC_OCTETS = 32;

  private static final int EXPIRY_SECONDS = 16;
  private static final int EXPIRY_NANOS = 24;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int NOT_OPEN = -1;
  private static final int REFUSED = -2;

  private final ClockSource source;
  private final byte[] expirations = new byte[Long.BYTES];
  private int fd = NOT_OPEN;

  TimerFdSignal(ClockSource source) {
    this.source = source;
  }

  @Override
  public boolean await(long nanos) {
    if (fd == NOT_OPEN) {
      open();
    }
    if (fd == REFUSED) {
      LockSupport.parkNanos(nanos);
      return false;
    }
    long expiry = source.realtimeNanos() + nanos;
    try (Memory spec = new Memory(ITIMERSPEC_OCTETS)) {
      spec.clear();
      spec.setLong(EXPIRY_SECONDS, expiry / NANOS_PER_SECOND);
      spec.setLong(EXPIRY_NANOS, expiry % NANOS_PER_SECOND);
      Libc.timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, spec, null);
      Libc.read(fd, expirations, expirations.length);
      return false;
    } catch (LastErrorException e) {
      if (e.getErrorCode() == LinuxError.ECANCELED) {
        return true;
      }
      // Whatever it is, it must not make the caller spin.
      LockSupport.parkNanos(nanos);
      return false;
    }
  }

  private void open() {
    try {
      fd = Libc.timerfd_create(LinuxClocks.CLOCK_REALTIME, TFD_CLOEXEC);
    } catch (LastErrorException e) {
      fd = REFUSED;
    }
  }

  @Override
  public void close() {
    if (fd >= 0) {
      int closing = fd;
      fd = REFUSED;
      try {
        Libc.close(closing);
      } catch (LastErrorException e) {
        // Linux frees the number whatever close says; there is nobody to tell.
      }
    }
  }
}
