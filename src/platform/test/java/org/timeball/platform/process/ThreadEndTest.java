package org.timeball.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadEndTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final Thread awaited = Thread.ofPlatform().daemon().start(this::stay);
  private final Thread waiting =
      Thread.ofPlatform()
          .daemon()
          .unstarted(() -> {
            ThreadEnd.await(awaited);
            interrupted.set(Thread.interrupted());
          });

  private void stay() {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this one", e);
    }
  }

  /** Until whoever waits has seen all interruptions, and waits again or has given up. */
  private void untilItWaits() {
    while (waiting.isAlive()
        && (waiting.isInterrupted() || waiting.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void waitsOnWhenInterruptedAndKeepsTheInterruption() throws Exception {
    waiting.start();
    for (int i = 0; i < 3; i++) {
      waiting.interrupt();
      untilItWaits();
      assertThat(waiting.isAlive()).isTrue();
    }

    end.countDown();
    waiting.join();

    assertThat(awaited.isAlive()).isFalse();
    assertThat(interrupted).isTrue();
  }

  @Test
  void keepsAnInterruptionFromBefore() {
    Thread.currentThread().interrupt();
    end.countDown();
    ThreadEnd.await(awaited);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void interruptsNobodyWhoWasNotInterrupted() throws Exception {
    waiting.start();
    untilItWaits();

    end.countDown();
    waiting.join();

    assertThat(interrupted).isFalse();
  }
}
