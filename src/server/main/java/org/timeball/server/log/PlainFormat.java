package org.timeball.server.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** For a person at a terminal: the urgency if there is any, and the sentence. */
final class PlainFormat extends Formatter {
  @Override
  public String format(LogRecord line) {
    return prefix(line.getLevel()) + formatMessage(line) + "\n" + trace(line.getThrown());
  }

  private static String prefix(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "error: ";
    }
    return level.intValue() >= Level.WARNING.intValue() ? "warning: " : "";
  }

  /** Where it happened, if it was a fault of ours; empty otherwise. */
  static String trace(Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
