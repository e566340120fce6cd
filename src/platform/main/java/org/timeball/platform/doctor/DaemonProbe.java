package org.timeball.platform.doctor;

import java.util.List;
import org.timeball.platform.process.OpenFiles;
import org.timeball.platform.process.ProcessName;
import org.timeball.platform.process.TimeDaemons;

/** Does somebody else steer the clock? */
final class DaemonProbe {
  private static final String SUBJECT = "other time services";

  private final Machine machine;

  DaemonProbe(Machine machine) {
    this.machine = machine;
  }

  List<Finding> otherDaemons() {
    List<ProcessName> running = new TimeDaemons(new OpenFiles(machine.proc())).running();
    if (running.isEmpty()) {
      return List.of(Finding.good(SUBJECT, "none is running"));
    }
    return running.stream()
        .map(other ->
            Finding.problem(
                SUBJECT,
                other + " steers the clock",
                "systemctl disable --now "
                    + unitOf(other.name())
                    + ", or let this program"
                    + " serve its user-space clock."))
        .toList();
  }

  private static String unitOf(String name) {
    return switch (name) {
      case "chronyd" -> "chrony";
      case "ntpd" -> "ntpsec (or ntp, openntpd)";
      case "systemd-timesyn" -> "systemd-timesyncd";
      default -> name;
    };
  }
}
