package org.timeball.platform.process;

import java.util.List;
import java.util.Set;

/** Other programs on this machine that steer its clock. */
public final class TimeDaemons {
  /** As {@code /proc/PID/comm} has them, which cuts off after 15 characters. */
  private static final Set<String> NAMES =
      Set.of(
          "chronyd",
          "ntpd",
          "ntpd-rs",
          "ntp-daemon",
          "openntpd",
          "ptp4l",
          "phc2sys",
          "systemd-timesyn",
          "timesyncd");

  /** chronyd's words for leaving the clock alone. */
  private static final Set<String> LEAVES_THE_CLOCK_ALONE = Set.of("-x", "-Q");

  private final OpenFiles files;

  public TimeDaemons() {
    this(new OpenFiles());
  }

  /** Among the processes of a {@code /proc}. */
  public TimeDaemons(OpenFiles files) {
    this.files = files;
  }

  /** Those that run now; empty if none, or if {@code /proc} does not show other users' programs. */
  public List<ProcessName> running() {
    return files.processes().stream()
        .filter(process -> NAMES.contains(process.name()))
        .filter(process ->
            files.arguments(process).stream().noneMatch(LEAVES_THE_CLOCK_ALONE::contains))
        .toList();
  }
}
