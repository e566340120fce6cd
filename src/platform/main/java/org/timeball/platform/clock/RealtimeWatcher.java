package org.timeball.platform.clock;

/**
 * The thread that notices when somebody else sets CLOCK_REALTIME, at the latest a quarter of a
 * second later, and that keeps the {@link StampConverter}'s knowledge of its rate fresh.
 */
final class RealtimeWatcher implements AutoCloseable {
  private static final long INTERVAL_NANOS = 250_000_000L;
  private static final long CLOSE_LIMIT_MILLIS = 1_000;

  private final StampConverter stamps;
  private final ClockSetSignal signal;
  private volatile boolean closed;
  private Thread thread;

  RealtimeWatcher(StampConverter stamps, ClockSetSignal signal) {
    this.stamps = stamps;
    this.signal = signal;
  }

  /** Starts it; a second call does nothing. */
  synchronized void start() {
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().name("clock-watch").daemon().start(this::run);
    }
  }

  private void run() {
    try (signal) {
      while (!closed) {
        stamps.refresh(signal.await(INTERVAL_NANOS));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null) {
      try {
        running.join(CLOSE_LIMIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
