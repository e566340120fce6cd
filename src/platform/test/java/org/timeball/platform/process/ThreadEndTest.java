package org.timeball.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadEndTest {
  @Test
  void waitsOnWhenInterruptedAndKeepsTheInterruption() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread awaited =
        Thread.ofPlatform()
            .start(() -> {
              boolean open = true;
              while (open) {
                try {
                  end.await();
                  open = false;
                } catch (InterruptedException e) {
                  // Nobody interrupts this one.
                }
              }
            });
    Thread.currentThread().interrupt();
    Thread.ofPlatform().start(end::countDown);

    ThreadEnd.await(awaited);

    assertThat(awaited.isAlive()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
