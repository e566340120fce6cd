package org.timeball.platform.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The machine's clock with a battery, if it has one. */
public final class RealTimeClock {
  private static final Path DEVICES = Path.of("/sys/class/rtc");
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private RealTimeClock() {}

  /**
   * What it shows as Unix nanoseconds, taken for UTC; empty if there is none or it will not say.
   */
  public static OptionalLong unixNanos() {
    return unixNanos(DEVICES);
  }

  static OptionalLong unixNanos(Path devices) {
    try {
      String seconds = Files.readString(devices.resolve("rtc0").resolve("since_epoch"));
      return OptionalLong.of(Math.multiplyExact(Long.parseLong(seconds.strip()), NANOS_PER_SECOND));
    } catch (IOException | NumberFormatException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
