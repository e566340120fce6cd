package org.timeball.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.KernelClock;
import org.timeball.platform.clock.MachineClock;
import org.timeball.platform.process.Capabilities;
import org.timeball.platform.process.Capability;
import org.timeball.platform.process.ProcessName;
import org.timeball.platform.process.TimeDaemons;
import org.timeball.server.control.ControlClient;

/** The machine whose clock {@code timeball set-date} sets. */
interface DateMachine {
  /** Its clock, to be looked at. */
  HostClock clock();

  /** Its clock, to be set; the same scales as {@link #clock}. */
  HostClock takeClock() throws ClockException;

  /** Who keeps that clock right at present, in words; empty if nobody does. */
  Optional<String> keeper();

  /** Whether this process may set it. */
  boolean maySetClock();

  /** The machine that this program runs on. */
  static DateMachine thisOne() {
    return new DateMachine() {
      @Override
      public HostClock clock() {
        return new MachineClock();
      }

      @Override
      public HostClock takeClock() throws ClockException {
        return KernelClock.takeOverBeside();
      }

      @Override
      public Optional<String> keeper() {
        Path directory = RunDirectory.ofService(Optional.empty(), System.getenv());
        if (ControlClient.answersIn(directory)) {
          return Optional.of("the timeball service (its socket lies in " + directory + ")");
        }
        return new TimeDaemons().running().stream().findFirst().map(ProcessName::toString);
      }

      @Override
      public boolean maySetClock() {
        return Capabilities.ofThisProcess().has(Capability.SYS_TIME);
      }
    };
  }
}
