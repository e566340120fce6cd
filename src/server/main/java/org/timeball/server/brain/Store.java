package org.timeball.server.brain;

/** A file that a {@link StateKeeper} keeps. Trouble is logged and never stops the service. */
public interface Store {
  /** What an earlier run wrote, or an empty text if there is none that can be used. */
  String read();

  /** Replaces the text. */
  void write(String text);
}
