package org.timeball.platform.line;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The thread of one device: opens it, hands over what comes, and opens it again when it is lost.
 */
public final class LineThread implements AutoCloseable {
  /** The longest wait in the device, so that {@link #close} and timers are served. */
  private static final long LONGEST_WAIT_NANOS = 100_000_000L;

  /** A listener that asks for a moment in the past does not make the thread spin. */
  private static final long SHORTEST_WAIT_NANOS = 1_000_000L;

  private static final long CLOSE_LIMIT_MILLIS = 2_000;

  private final LineDevice device;
  private final LineListener listener;
  private final LongSupplier rawClock;
  private final ReopenPause pause;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  // Of the thread alone.
  private int failures;
  private String lastReason = "";

  /**
   * @param rawClock reads the raw scale
   */
  public LineThread(
      LineDevice device, LineListener listener, LongSupplier rawClock, ReopenPause pause) {
    this.device = device;
    this.listener = listener;
    this.rawClock = rawClock;
    this.pause = pause;
    thread = Thread.ofPlatform().name("line-" + device.name()).daemon().unstarted(this::run);
  }

  /** Starts it; the device is opened on the thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!isClosing()) {
      long upSince = rawClock.getAsLong();
      try {
        serve(device.open());
        return;
      } catch (LineUnavailable e) {
        long now = rawClock.getAsLong();
        if (now - upSince > pause.longestNanos()) {
          failures = 0;
        }
        report(e.getMessage(), now);
        failures++;
        rest(now + pause.after(failures));
      }
    }
  }

  /** Returns when it is closed from outside. */
  private void serve(LineDevice.Connection opened) throws LineUnavailable {
    try (opened) {
      lastReason = "";
      listener.lineUp(opened.control(), rawClock.getAsLong());
      while (!isClosing()) {
        opened.await(listener, untilNextWake(rawClock.getAsLong()));
        wakeIfDue();
      }
    }
  }

  private void report(String reason, long nowRawNanos) {
    if (!reason.equals(lastReason)) {
      lastReason = reason;
      listener.lineDown(reason, nowRawNanos);
    }
  }

  private void rest(long untilRawNanos) {
    for (long now = rawClock.getAsLong();
        now < untilRawNanos && !isClosing();
        now = rawClock.getAsLong()) {
      try {
        if (closing.await(
            Math.min(untilRawNanos - now, untilNextWake(now)), TimeUnit.NANOSECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        // Nothing interrupts this thread but the end of the program.
        closing.countDown();
      }
      wakeIfDue();
    }
  }

  private long untilNextWake(long nowRawNanos) {
    long wake = listener.nextWakeRawNanos();
    return wake == Long.MAX_VALUE
        ? LONGEST_WAIT_NANOS
        : Math.clamp(wake - nowRawNanos, SHORTEST_WAIT_NANOS, LONGEST_WAIT_NANOS);
  }

  private void wakeIfDue() {
    long now = rawClock.getAsLong();
    if (now >= listener.nextWakeRawNanos()) {
      listener.wake(now);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Ends the thread, which closes the device; returns within about 0.1 s. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
