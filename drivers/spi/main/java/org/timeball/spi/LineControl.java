package org.timeball.spi;

/**
 * What a driver may do to its line. Belongs to the driver's thread; calls on a line that is gone do
 * nothing.
 */
public interface LineControl {
  /** Queues octets for sending. Never blocks. */
  void write(byte[] octets);

  /**
   * Changes the speed of a serial line after what was written has left. Octets that had arrived
   * before are handed over first or thrown away, never mixed with later ones.
   */
  void setBaud(int baud);

  /** Raises or drops DTR: a modem hangs up when it drops. */
  void setDataTerminalReady(boolean ready);
}
