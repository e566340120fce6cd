package org.timeball.server.line;

import org.timeball.platform.line.LineDevice;
import org.timeball.spi.LineNeed;

/** Finds the device that a driver needs. */
@FunctionalInterface
public interface LineOpener {
  /**
   * The device, which need not be there yet.
   *
   * @param line name of the line, as in status and logs
   * @param need what the driver asked for
   */
  LineDevice deviceFor(String line, LineNeed need);
}
