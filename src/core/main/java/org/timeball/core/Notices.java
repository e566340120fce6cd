package org.timeball.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.timeball.core.Action.Notice.Level;

/**
 * Collects what operators should read while one event is handled. Parts of the brain write into it;
 * the brain empties it. State changes only: what repeats is counted by whoever sees it.
 */
public final class Notices {
  private final List<Action.Notice> collected = new ArrayList<>();

  /** A change that is as it should be. */
  public void info(String format, Object... arguments) {
    add(Level.INFO, format, arguments);
  }

  /** A change that costs something or will. */
  public void warning(String format, Object... arguments) {
    add(Level.WARNING, format, arguments);
  }

  /** A change that keeps this server from doing its work. */
  public void error(String format, Object... arguments) {
    add(Level.ERROR, format, arguments);
  }

  /** Everything collected since the last call, oldest first. */
  public List<Action.Notice> drain() {
    List<Action.Notice> all = List.copyOf(collected);
    collected.clear();
    return all;
  }

  // The annotation that Error Prone asks for comes in a third-party jar, which this room has not.
  @SuppressWarnings("AnnotateFormatMethod")
  private void add(Level level, String format, Object... arguments) {
    collected.add(new Action.Notice(level, String.format(Locale.ROOT, format, arguments)));
  }
}
