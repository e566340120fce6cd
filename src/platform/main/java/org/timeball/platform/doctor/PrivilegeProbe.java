package org.timeball.platform.doctor;

import java.util.ArrayList;
import java.util.List;
import org.timeball.platform.process.Capabilities;
import org.timeball.platform.process.Capability;
import org.timeball.platform.process.ProcessName;
import org.timeball.platform.process.UdpPorts;

/** May we do what the configuration asks, as the user who runs this? */
final class PrivilegeProbe {
  /** The kernel's default for {@code ip_unprivileged_port_start}. */
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private final Machine machine;
  private final Capabilities capabilities;

  PrivilegeProbe(Machine machine, Capabilities capabilities) {
    this.machine = machine;
    this.capabilities = capabilities;
  }

  Finding clock() {
    return capabilities.has(Capability.SYS_TIME)
        ? Finding.good("kernel clock", "may be set")
        : Finding.problem("kernel clock", "may not be set", grant(Capability.SYS_TIME));
  }

  List<Finding> port(int port) {
    String subject = "UDP port " + port;
    List<Finding> findings = new ArrayList<>();
    int firstFree =
        machine
            .text("/proc/sys/net/ipv4/ip_unprivileged_port_start")
            .map(Integer::parseInt)
            .orElse(FIRST_UNPRIVILEGED_PORT);
    if (port < firstFree && !capabilities.has(Capability.NET_BIND_SERVICE)) {
      findings.add(
          Finding.problem(
              subject, "may not be bound: below " + firstFree, grant(Capability.NET_BIND_SERVICE)));
    }
    UdpPorts ports = new UdpPorts(machine.proc());
    if (ports.isTaken(port)) {
      List<ProcessName> holders = ports.holdersOf(port);
      findings.add(
          Finding.problem(
              subject,
              holders.isEmpty()
                  ? "is taken (run this as root to see by whom)"
                  : "is taken by " + holders.getFirst(),
              "Stop it, if it is not this program's own service, or listen on another port."));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.good(subject, "is free and may be bound"));
    }
    return findings;
  }

  Finding punctuality() {
    boolean scheduling = capabilities.has(Capability.SYS_NICE);
    boolean memory =
        capabilities.has(Capability.IPC_LOCK) || capabilities.lockedMemoryIsUnlimited();
    if (scheduling && memory) {
      return Finding.good("punctuality", "real-time scheduling and locked memory are allowed");
    }
    return Finding.note(
        "punctuality",
        scheduling
            ? "memory may not be locked"
            : memory
                ? "real-time scheduling is not allowed by a privilege"
                : "neither real-time scheduling nor locked memory is allowed by a privilege",
        "Only matters on a busy machine. In the unit: LimitRTPRIO=20 and LimitMEMLOCK=infinity.");
  }

  private static String grant(Capability capability) {
    return "In the unit: AmbientCapabilities="
        + capability.word()
        + ". By hand: setcap "
        + capability.word().toLowerCase(java.util.Locale.ROOT)
        + "+ep on the Java binary, or root.";
  }
}
