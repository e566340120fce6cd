package org.timeball.server.log;

import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/**
 * For journald, which takes each line's priority from {@code <N>} in front of it: the numbers of
 * {@code syslog(3)}.
 */
final class JournalFormat extends Formatter {
  private static final int ERROR = 3;
  private static final int WARNING = 4;
  private static final int INFORMATION = 6;
  private static final int DEBUG = 7;

  @Override
  public String format(LogRecord line) {
    String prefix = "<" + priority(line.getLevel()) + ">";
    String text = formatMessage(line) + "\n" + PlainFormat.trace(line.getThrown());
    // Every line needs its own prefix, or journald takes the rest of a long message for another.
    return text.lines().map(l -> prefix + l + "\n").collect(Collectors.joining());
  }

  private static int priority(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return WARNING;
    }
    return value >= Level.INFO.intValue() ? INFORMATION : DEBUG;
  }
}
