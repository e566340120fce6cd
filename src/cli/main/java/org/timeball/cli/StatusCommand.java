package org.timeball.cli;

import picocli.CommandLine.Command;

/** {@code timeball status}. */
@Command(
    name = "status",
    description = "Shows how the running server is: state, clock, receiver, listeners.")
final class StatusCommand extends AskCommand {
  StatusCommand() {
    super("status");
  }
}
