package org.timeball.server.log;

import java.io.PrintStream;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes each record to a stream at once. */
final class StreamLines extends Handler {
  private final PrintStream out;

  StreamLines(PrintStream out, Formatter format) {
    this.out = out;
    setFormatter(format);
  }

  @Override
  public void publish(LogRecord line) {
    if (isLoggable(line)) {
      out.print(getFormatter().format(line));
      out.flush();
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  /** The stream is not ours to close. */
  @Override
  public void close() {
    flush();
  }
}
