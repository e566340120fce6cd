package org.timeball.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RealtimeWatcherTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aStepThatTheKernelTellsOfIsReportedAtOnceWithItsSize() throws InterruptedException {
    FakeSource source = new FakeSource(1_795_456_000L * SECOND);
    StampConverter stamps = new StampConverter(source);
    BlockingQueue<Long> reported = new LinkedBlockingQueue<>();
    stamps.onJump(reported::add);
    BlockingQueue<Long> steps = new LinkedBlockingQueue<>();
    ClockSetSignal signal =
        new ClockSetSignal() {
          @Override
          public boolean await(long nanos) {
            try {
              Long step = steps.poll(nanos, TimeUnit.NANOSECONDS);
              if (step != null) {
                source.setRealtime(step);
              }
              return step != null;
            } catch (InterruptedException e) {
              return false;
            }
          }

          @Override
          public void close() {}
        };
    try (RealtimeWatcher watcher = new RealtimeWatcher(stamps, signal)) {
      watcher.start();
      steps.add(-100_000 * SECOND);
      Long step = reported.poll(30, TimeUnit.SECONDS);
      assertThat(step).isNotNull();
      assertThat((long) step).isCloseTo(-100_000 * SECOND, within(1_000L));

      steps.add(50_000L);
      step = reported.poll(30, TimeUnit.SECONDS);
      assertThat(step).isNotNull();
      assertThat((long) step).isCloseTo(50_000L, within(1_000L));
    }
  }

  @Test
  void theRealKernelsTimerWaitsAndDoesNotReportAStepThatDidNotHappen() {
    try (TimerFdSignal signal = new TimerFdSignal(LinuxClocks.INSTANCE)) {
      long before = System.nanoTime();

      boolean set = signal.await(2_000_000);

      assertThat(set).isFalse();
      assertThat(System.nanoTime() - before).isGreaterThan(1_500_000);
    }
  }
}
