package org.timeball.platform.clock;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import org.timeball.platform.linux.LinuxError;

/**
 * The rules of Linux's {@code kernel/time/ntp.c} and {@code timekeeping.c} for one clock: what
 * {@code clock_adjtime} checks, does and answers, and what happens at each second. Written from the
 * kernel's description; reads and writes the octets at their offsets itself.
 */
final class FakeKernel implements TimexSystem {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY_SECONDS = 86_400;
  private static final int READ_ONLY_STATUS = 0xFF00;

  final FakeSource source;
  boolean privileged = true;
  int status = 0x40;
  long frequency;
  long tick = 10_000;
  long tai;
  long maximumErrorMicros = 16_000_000;
  long estimatedErrorMicros = 16_000_000;
  long tolerance = 32_768_000;
  long loopOffset;
  long loopConstant;
  int leapState;
  long nextLeapSecond = Long.MAX_VALUE;
  int calls;
  int writes;

  FakeKernel(FakeSource source) {
    this.source = source;
  }

  @Override
  public int adjust(ByteBuffer timex) {
    calls++;
    int modes = timex.getInt(0);
    if (modes != 0) {
      writes++;
      if (!privileged) {
        throw new LastErrorException(LinuxError.EPERM);
      }
      write(timex, modes);
    }
    fill(timex);
    return (status & 0x1040) != 0 ? 5 : leapState;
  }

  private void write(ByteBuffer timex, int modes) {
    if ((modes & 0x4000) != 0 && Math.abs(timex.getLong(88) - 10_000) > 1_000) {
      throw new LastErrorException(LinuxError.EINVAL);
    }
    if ((modes & 0x0100) != 0) {
      step(timex, modes);
    }
    if ((modes & 0x2000) != 0) {
      status |= 0x2000;
    }
    if ((modes & 0x0010) != 0) {
      int wanted = timex.getInt(40);
      if ((status & 1) != 0 && (wanted & 1) == 0) {
        leapState = 0;
        nextLeapSecond = Long.MAX_VALUE;
      }
      status = (status & READ_ONLY_STATUS) | (wanted & ~READ_ONLY_STATUS);
    }
    if ((modes & 0x0002) != 0) {
      frequency = Math.clamp(timex.getLong(16), -32_768_000, 32_768_000);
    }
    if ((modes & 0x0004) != 0) {
      maximumErrorMicros = timex.getLong(24);
    }
    if ((modes & 0x0008) != 0) {
      estimatedErrorMicros = timex.getLong(32);
    }
    if ((modes & 0x0020) != 0) {
      loopConstant = timex.getLong(48);
    }
    if ((modes & 0x0001) != 0) {
      loopOffset = timex.getLong(8);
    }
    if ((modes & 0x0080) != 0 && timex.getLong(48) >= 0) {
      tai = timex.getLong(48);
    }
    if ((modes & 0x4000) != 0) {
      tick = timex.getLong(88);
    }
    source.realtimeRate = (tick - 10_000) / 1e4 + frequency / 65_536e6;
  }

  private void step(ByteBuffer timex, int modes) {
    long unit = (modes & 0x2000) != 0 ? 1 : 1_000;
    long fraction = timex.getLong(80);
    if (fraction < 0 || fraction * unit >= SECOND) {
      throw new LastErrorException(LinuxError.EINVAL);
    }
    source.setRealtime(timex.getLong(72) * SECOND + fraction * unit);
    status |= 0x40;
    maximumErrorMicros = 16_000_000;
    estimatedErrorMicros = 16_000_000;
    nextLeapSecond = Long.MAX_VALUE;
  }

  private void fill(ByteBuffer timex) {
    long now = source.realtimeNanos();
    long unit = (status & 0x2000) != 0 ? 1 : 1_000;
    timex.putLong(16, frequency).putLong(24, maximumErrorMicros).putLong(32, estimatedErrorMicros);
    timex.putInt(40, status).putLong(48, 2).putLong(56, 1).putLong(64, tolerance);
    timex.putLong(72, Math.floorDiv(now, SECOND)).putLong(80, Math.floorMod(now, SECOND) / unit);
    timex.putLong(88, tick).putInt(160, (int) tai);
  }

  /** Lets time pass to the next whole second, and does what the kernel does there. */
  void toNextSecond() {
    long now = source.realtimeNanos();
    long second = Math.floorDiv(now, SECOND) + 1;
    source.pass(second * SECOND - now);
    switch (leapState) {
      case 0 -> {
        if ((status & 0x10) != 0) {
          leapState = 1;
          nextLeapSecond = (Math.floorDiv(second, DAY_SECONDS) + 1) * DAY_SECONDS;
        } else if ((status & 0x20) != 0) {
          leapState = 2;
          nextLeapSecond = (Math.floorDiv(second + 1, DAY_SECONDS) + 1) * DAY_SECONDS - 1;
        }
      }
      case 1 -> {
        if ((status & 0x10) == 0) {
          leapState = 0;
        } else if (second == nextLeapSecond) {
          source.setRealtime(-SECOND);
          tai++;
          leapState = 3;
        }
      }
      case 2 -> {
        if ((status & 0x20) == 0) {
          leapState = 0;
        } else if (second == nextLeapSecond) {
          source.setRealtime(SECOND);
          tai--;
          leapState = 4;
        }
      }
      case 3 -> leapState = 4;
      default -> {
        if ((status & 0x30) == 0) {
          leapState = 0;
        }
      }
    }
  }
}
