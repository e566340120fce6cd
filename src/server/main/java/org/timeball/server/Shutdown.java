package org.timeball.server;

import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, to be closed in the reverse order, whatever goes wrong on the way. */
final class Shutdown implements AutoCloseable {
  private static final Logger LOG = System.getLogger("timeball");

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Closes this before all that came earlier. */
  synchronized <T extends AutoCloseable> T later(T closeable) {
    opened.push(closeable);
    return closeable;
  }

  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      AutoCloseable next = opened.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.log(Logger.Level.WARNING, "shutdown: " + e.getMessage(), e);
      }
    }
  }
}
