package org.timeball.server;

import java.lang.System.Logger;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.timeball.core.control.LightPattern;
import org.timeball.platform.gpio.FrontPanel;
import org.timeball.platform.gpio.FrontPanels;

/**
 * Shows how the server is by a light, and writes it to the log when a button is pressed. On a
 * thread of its own: the library of the pins takes its time to load, and nobody waits for a light.
 */
final class StatusPanel implements AutoCloseable {
  private static final Logger LOG = System.getLogger("timeball");

  private final Supplier<FrontPanels.Result> opener;
  private final Supplier<LightPattern> pattern;
  private final Supplier<String> why;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Begins to show.
   *
   * @param opener finds the pins
   * @param pattern what to show now; asked for once a round
   * @param why what to write when the button is pressed
   */
  StatusPanel(
      Supplier<FrontPanels.Result> opener, Supplier<LightPattern> pattern, Supplier<String> why) {
    this.opener = opener;
    this.pattern = pattern;
    this.why = why;
    thread = Thread.ofPlatform().name("panel").daemon().start(this::run);
  }

  private void run() {
    switch (opener.get()) {
      case FrontPanels.Result.NoGpio(String reason) ->
          LOG.log(Logger.Level.WARNING, "light and button are not used: {0}", reason);
      case FrontPanels.Result.Opened(FrontPanel panel) -> {
        try (panel) {
          panel.onButton(() -> LOG.log(Logger.Level.INFO, why.get()));
          show(panel);
        } catch (InterruptedException e) {
          LOG.log(Logger.Level.DEBUG, "the light goes out");
        }
      }
    }
  }

  private void show(FrontPanel panel) throws InterruptedException {
    boolean ended = false;
    while (!ended) {
      LightPattern now = pattern.get();
      panel.light(true);
      ended = closing.await(now.litMillis(), TimeUnit.MILLISECONDS);
      if (!ended && now.darkMillis() > 0) {
        panel.light(false);
        ended = closing.await(now.darkMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Switches the light off and gives the pins back. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
