package org.timeball.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.timeball.spi.LineControl;

/** A line that remembers what its driver did to it. */
public final class FakeLine implements LineControl {
  private final List<String> written = new ArrayList<>();
  private int baud;
  private boolean dataTerminalReady;

  FakeLine(OptionalInt baud) {
    this.baud = baud.orElse(0);
  }

  @Override
  public void write(byte[] octets) {
    written.add(new String(octets, ISO_8859_1));
  }

  @Override
  public void setBaud(int baud) {
    this.baud = baud;
  }

  @Override
  public void setDataTerminalReady(boolean ready) {
    dataTerminalReady = ready;
  }

  /** What was written, one text a call, oldest first. */
  public List<String> written() {
    return List.copyOf(written);
  }

  /** The speed the line is at; 0 if it has none. */
  public int baud() {
    return baud;
  }

  public boolean dataTerminalReady() {
    return dataTerminalReady;
  }
}
