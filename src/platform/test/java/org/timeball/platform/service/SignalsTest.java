package org.timeball.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
  @Test
  void aHangUpRunsWhatWasAskedForEachTimeInsteadOfEndingTheProcess() throws Exception {
    Semaphore heard = new Semaphore(0);
    assertThat(Signals.onHangUp(heard::release)).isTrue();

    for (int i = 0; i < 2; i++) {
      // The JVM delivers a signal that is pending once, so each is awaited before the next.
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -HUP " + ProcessHandle.current().pid()).start();
      assertThat(kill.waitFor()).isZero();
      assertThat(heard.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
