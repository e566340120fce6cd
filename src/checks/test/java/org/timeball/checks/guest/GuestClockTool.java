package org.timeball.checks.guest;

/** {@link org.timeball.checks.guest.inside.ClockTool} running in a guest. */
final class GuestClockTool {
  private static final String PIPE = "/tmp/clock-tool";

  private final Guest guest;

  private GuestClockTool(Guest guest) {
    this.guest = guest;
  }

  static GuestClockTool start(Guest guest) throws Exception {
    int mark = guest.console().size();
    guest.run("mkfifo " + PIPE);
    // Held open for writing, so that the tool does not see the end after each command.
    guest.run("sleep 100000 >" + PIPE + " &");
    guest.startJava("org.timeball.checks.guest.inside.ClockTool <" + PIPE);
    guest.console().await(mark, "clock: ready", 15);
    return new GuestClockTool(guest);
  }

  /** Gives a command and waits until it was obeyed. */
  void obey(String command) throws Exception {
    int mark = guest.console().size();
    guest.run("echo " + command + " >" + PIPE);
    String answer = guest.console().await(mark, "clock: (did|refused)", 3);
    if (!answer.endsWith("did " + command)) {
      throw new AssertionError("the kernel's clock did not " + command + ": " + answer);
    }
  }
}
