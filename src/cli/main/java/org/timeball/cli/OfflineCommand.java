package org.timeball.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code timeball offline}. */
@Command(
    name = "offline",
    description =
        "Stops asking servers until the command online; what was learned of them is kept.")
final class OfflineCommand extends AskCommand {
  @Parameters(
      paramLabel = "SOURCE",
      arity = "0..1",
      description = "A server, a pool or a member of one; all of them unless given.")
  private String source;

  OfflineCommand() {
    super("offline");
  }

  @Override
  String command() {
    return source == null ? super.command() : super.command() + " " + source;
  }
}
