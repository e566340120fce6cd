package org.timeball.cli;

import picocli.CommandLine.Command;

/** {@code timeball why}. */
@Command(
    name = "why",
    description =
        "Says in sentences what state the running server is in, what holds it back, and what to"
            + " do.")
final class WhyCommand extends AskCommand {
  WhyCommand() {
    super("why");
  }
}
