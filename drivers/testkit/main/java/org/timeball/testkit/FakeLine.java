package org.timeball.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.timeball.spi.LineControl;

/** A line that notes what its driver did to it among the findings. */
public final class FakeLine implements LineControl {
  private final Findings findings;
  private int baud;

  /**
   * @param baud the speed it is opened at; 0 if it has none
   */
  public FakeLine(Findings findings, int baud) {
    this.findings = findings;
    this.baud = baud;
  }

  @Override
  public void write(byte[] octets) {
    findings.note("line sent " + Findings.printable(new String(octets, ISO_8859_1)));
  }

  @Override
  public void setBaud(int baud) {
    this.baud = baud;
    findings.note("line at " + baud + " baud");
  }

  @Override
  public void setDataTerminalReady(boolean ready) {
    findings.note("line DTR " + (ready ? "on" : "off"));
  }

  /** The speed the line is at. */
  public int baud() {
    return baud;
  }
}
