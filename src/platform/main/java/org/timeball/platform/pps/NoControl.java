package org.timeball.platform.pps;

import org.timeball.spi.LineControl;

/** Nothing can be said to a pulse line. */
enum NoControl implements LineControl {
  INSTANCE;

  @Override
  public void write(byte[] octets) {}

  @Override
  public void setBaud(int baud) {}

  @Override
  public void setDataTerminalReady(boolean ready) {}
}
