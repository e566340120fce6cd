package org.timeball.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealTimeClockTest {
  @TempDir private Path devices;

  @Test
  void readsTheSecondsThatTheKernelTells() throws Exception {
    Path clock = Files.createDirectory(devices.resolve("rtc0"));
    Files.writeString(clock.resolve("since_epoch"), "1795435200\n");

    assertThat(RealTimeClock.unixNanos(devices)).hasValue(1_795_435_200_000_000_000L);
  }

  @Test
  void isSilentWithoutAClockAndWithOneThatSaysNonsense() throws Exception {
    assertThat(RealTimeClock.unixNanos(devices)).isEmpty();
    Path clock = Files.createDirectory(devices.resolve("rtc0"));
    for (String nonsense : new String[] {"", "soon", "99999999999999999999", "9999999999999"}) {
      Files.writeString(clock.resolve("since_epoch"), nonsense);
      assertThat(RealTimeClock.unixNanos(devices)).isEmpty();
    }
  }
}
