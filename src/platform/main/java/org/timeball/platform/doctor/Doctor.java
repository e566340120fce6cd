package org.timeball.platform.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.timeball.platform.process.Capabilities;

/** Looks at everything that the configuration needs. */
public final class Doctor {
  private final Machine machine;

  public Doctor() {
    this(new Machine(Path.of("/")));
  }

  Doctor(Machine machine) {
    this.machine = machine;
  }

  /** One finding or more for each thing that was asked about, in the order of the chain. */
  public List<Finding> examine(Questions questions) {
    List<Finding> findings = new ArrayList<>();
    DeviceProbe devices = new DeviceProbe(machine);
    ConsoleProbe console = new ConsoleProbe(machine);
    for (Path device : questions.serialDevices()) {
      findings.add(devices.serial(device));
      findings.addAll(console.on(device));
    }
    for (Path device : questions.pulseDevices()) {
      findings.add(devices.pulses(device));
    }
    KernelProbe kernel = new KernelProbe(machine);
    findings.addAll(kernel.pulses());
    findings.add(kernel.clocksource());
    findings.add(kernel.realTimeClock());
    Capabilities capabilities = Capabilities.of(machine.path("/proc/self"));
    PrivilegeProbe privileges = new PrivilegeProbe(machine, capabilities);
    if (questions.steersKernelClock()) {
      findings.add(privileges.clock());
      findings.addAll(new DaemonProbe(machine).otherDaemons());
    }
    for (int port : questions.udpPorts()) {
      findings.addAll(privileges.port(port));
    }
    findings.add(privileges.punctuality());
    if (questions.usesGpio()) {
      findings.add(devices.gpio());
    }
    return findings;
  }
}
