package org.timeball.platform.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.timeball.platform.process.OpenFiles;

/** Does the kernel or a login prompt talk on the receiver's line? */
final class ConsoleProbe {
  private final Machine machine;

  ConsoleProbe(Machine machine) {
    this.machine = machine;
  }

  List<Finding> on(Path device) {
    String line = nameOf(device);
    List<Finding> findings = new ArrayList<>();
    boolean isConsole =
        machine.text("/proc/consoles").orElse("").lines().anyMatch(l -> l.startsWith(line + " "));
    if (isConsole) {
      findings.add(
          Finding.problem(
              device.toString(),
              "is the kernel's console",
              "Remove console=" + line + ",… (or serial0) from cmdline.txt and reboot."));
    }
    OpenFiles files = new OpenFiles(machine.proc());
    files.processes().stream()
        .filter(process -> process.name().contains("getty"))
        .filter(process -> files.arguments(process).contains(line))
        .findFirst()
        .ifPresent(getty ->
            findings.add(
                Finding.problem(
                    device.toString(),
                    "has a login prompt: " + getty,
                    "systemctl disable --now serial-getty@" + line + ".service")));
    return findings;
  }

  /** The kernel's name for it, whatever link leads there. */
  private String nameOf(Path device) {
    try {
      return machine.path(device).toRealPath().getFileName().toString();
    } catch (IOException e) {
      return device.getFileName().toString();
    }
  }
}
