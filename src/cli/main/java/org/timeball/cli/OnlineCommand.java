package org.timeball.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code timeball online}. */
@Command(name = "online", description = "Asks servers again that were set offline.")
final class OnlineCommand extends AskCommand {
  @Parameters(
      paramLabel = "SOURCE",
      arity = "0..1",
      description = "A server, a pool or a member of one; all of them unless given.")
  private String source;

  OnlineCommand() {
    super("online");
  }

  @Override
  String command() {
    return source == null ? super.command() : super.command() + " " + source;
  }
}
