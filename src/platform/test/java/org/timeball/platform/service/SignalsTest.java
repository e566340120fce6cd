package org.timeball.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private static final int HANG_UP = 1;

  @Test
  void aHangUpRunsWhatWasAskedForEachTimeInsteadOfEndingTheProcess() throws Exception {
    Semaphore heard = new Semaphore(0);
    Signals.Fate fate = Signals.onHangUp(heard::release);
    if (isIgnored()) {
      assertThat(fate).isEqualTo(Signals.Fate.IGNORED);
      return;
    }
    assertThat(fate).isEqualTo(Signals.Fate.HANDLED);
    for (int i = 0; i < 2; i++) {
      // The JVM delivers a signal that is pending once, so each is awaited before the next.
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -HUP " + ProcessHandle.current().pid()).start();
      assertThat(kill.waitFor()).isZero();
      assertThat(heard.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Whether whoever started these tests had SIGHUP ignored, as nohup does. */
  private static boolean isIgnored() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored >>> (HANG_UP - 1) & 1) == 1);
  }
}
