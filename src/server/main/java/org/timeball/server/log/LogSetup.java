package org.timeball.server.log;

import java.io.PrintStream;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.timeball.server.config.LogSettings;

/** Sets up java.util.logging, to which System.Logger and all libraries go. */
public final class LogSetup {
  /** Kept here, because a logger that nobody holds forgets its level. */
  private static final Logger ROOT = Logger.getLogger("");

  private LogSetup() {}

  /**
   * Sends every line of this level and above to {@code out}.
   *
   * @param environment such as {@link System#getenv()}; tells whether journald listens
   */
  public static void start(
      LogSettings.Level level, Map<String, String> environment, PrintStream out) {
    LogManager.getLogManager().reset();
    boolean journal = environment.containsKey("JOURNAL_STREAM");
    Handler handler = new StreamLines(out, journal ? new JournalFormat() : new PlainFormat());
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
    level(level);
  }

  /** Changes the least urgent level that is written. */
  public static void level(LogSettings.Level level) {
    ROOT.setLevel(
        switch (level) {
          case ERROR -> Level.SEVERE;
          case WARNING -> Level.WARNING;
          case INFO -> Level.INFO;
          case DEBUG -> Level.FINE;
        });
  }
}
