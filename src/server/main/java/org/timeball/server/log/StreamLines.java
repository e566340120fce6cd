package org.timeball.server.log;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes lines to a stream on a thread of its own: whoever logs, the brain above all, never waits
 * for a terminal or a journal that does not read. What does not fit is counted and the count is
 * written.
 */
final class StreamLines extends Handler {
  /** Far more than all state changes of a minute. */
  private static final int MOST_WAITING = 1_024;

  private static final long LAST_WORDS_MILLIS = 1_000;

  private final PrintStream out;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;

  StreamLines(PrintStream out, Formatter format) {
    this.out = out;
    setFormatter(format);
    thread = Thread.ofPlatform().name("log").daemon().start(this::run);
  }

  @Override
  public void publish(LogRecord line) {
    if (isLoggable(line) && !closing && !waiting.offer(getFormatter().format(line))) {
      lost.incrementAndGet();
    }
  }

  private void run() {
    try {
      while (true) {
        out.print(waiting.take());
        long uncounted = lost.getAndSet(0);
        if (uncounted > 0) {
          out.print("log: " + uncounted + " lines were lost, because nobody read them in time\n");
        }
        out.flush();
      }
    } catch (InterruptedException e) {
      writeRest();
    }
  }

  private void writeRest() {
    for (String text = waiting.poll(); text != null; text = waiting.poll()) {
      out.print(text);
    }
    out.flush();
  }

  /** Lines are written as soon as the stream takes them. */
  @Override
  public void flush() {}

  /** Writes what waits, for a second at most; the stream is not ours to close. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
