package org.timeball.server;

import java.nio.file.Path;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.line.LineDevice;
import org.timeball.platform.pps.PulseDevice;
import org.timeball.platform.serial.SerialLine;
import org.timeball.server.line.LineOpener;
import org.timeball.spi.LineNeed;

/** The devices of this machine. */
public final class SystemDevices implements LineOpener {
  private final HostClock clock;

  public SystemDevices(HostClock clock) {
    this.clock = clock;
  }

  @Override
  public LineDevice deviceFor(String line, LineNeed need) {
    return switch (need) {
      case LineNeed.Serial serial ->
          new SerialLine(Path.of(serial.device()), serial.bauds().getFirst(), clock::nowRawNanos);
      case LineNeed.Pulses pulses -> new PulseDevice(Path.of(pulses.device()), clock);
      // The configuration refuses these with a message, so nobody can have asked for one.
      case LineNeed.Modem _, LineNeed.Socket _, LineNeed.SharedMemory _ ->
          throw new IllegalStateException(line + ": no device for " + need);
    };
  }
}
