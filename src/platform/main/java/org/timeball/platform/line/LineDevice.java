package org.timeball.platform.line;

import org.timeball.spi.LineControl;

/** A device that {@link LineThread} can open, any number of times. */
public interface LineDevice {
  /** Its path or name, for messages and the thread's name. */
  String name();

  /**
   * Opens it.
   *
   * @throws LineUnavailable saying why not and what to do; nothing stays open then
   */
  Connection open() throws LineUnavailable;

  /** The open device. Belongs to the line's thread. */
  interface Connection extends AutoCloseable {
    /** What a driver may do to it. */
    LineControl control();

    /**
     * Waits for something to come and hands it over.
     *
     * @param longestNanos when nothing comes, returns about then; at the latest after 0.1 s
     * @throws LineUnavailable if the device is lost
     */
    void await(LineListener listener, long longestNanos) throws LineUnavailable;

    /** Closes the device. Never fails. */
    @Override
    void close();
  }
}
