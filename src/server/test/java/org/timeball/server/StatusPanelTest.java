package org.timeball.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.timeball.core.control.LightPattern;
import org.timeball.platform.gpio.FrontPanel;
import org.timeball.platform.gpio.FrontPanels;

class StatusPanelTest {
  @Test
  void theLightStaysOnWhileAllIsWellAndBlinksWhenItIsNot() throws Exception {
    AtomicReference<LightPattern> pattern = new AtomicReference<>(LightPattern.STEADY);
    FakePanel fake = new FakePanel();
    try (StatusPanel _ =
        new StatusPanel(() -> new FrontPanels.Result.Opened(fake), pattern::get, () -> "")) {
      assertThat(fake.next()).isTrue();
      assertThat(fake.next()).isTrue();
      pattern.set(LightPattern.FAST);
      boolean shown = true;
      while (shown) {
        shown = fake.next();
      }
      assertThat(fake.next()).isTrue();
      assertThat(fake.next()).isFalse();
    }
    assertThat(fake.closed).isTrue();
  }

  @Test
  void theButtonAsksWhy() throws Exception {
    FakePanel fake = new FakePanel();
    LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (StatusPanel _ =
        new StatusPanel(
            () -> new FrontPanels.Result.Opened(fake),
            () -> LightPattern.FAST,
            () -> {
              asked.add("why");
              return "because";
            })) {
      fake.next();
      fake.pressed.run();
      assertThat(asked.poll(60, TimeUnit.SECONDS)).isEqualTo("why");
    }
  }

  @Test
  void whereThereIsNoGpioItEndsQuietly() {
    StatusPanel panel =
        new StatusPanel(
            () -> new FrontPanels.Result.NoGpio("no GPIO here"), () -> LightPattern.SLOW, () -> "");
    panel.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("panel");
  }

  private static final class FakePanel implements FrontPanel {
    private final LinkedBlockingQueue<Boolean> shown = new LinkedBlockingQueue<>();
    private volatile Runnable pressed;
    private volatile boolean closed;

    boolean next() throws InterruptedException {
      Boolean on = shown.poll(60, TimeUnit.SECONDS);
      assertThat(on).isNotNull();
      return on;
    }

    @Override
    public void light(boolean on) {
      shown.add(on);
    }

    @Override
    public void onButton(Runnable action) {
      pressed = action;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
