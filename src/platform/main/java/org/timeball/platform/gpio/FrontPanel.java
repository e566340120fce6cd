package org.timeball.platform.gpio;

/** A light and a button. Safe for several threads. */
public interface FrontPanel extends AutoCloseable {
  /** Switches the light; does nothing if there is none. */
  void light(boolean on);

  /**
   * Runs this each time the button goes down, on a thread of the library; never if there is none.
   */
  void onButton(Runnable pressed);

  /** Darkens the light and gives the pins back. */
  @Override
  void close();
}
