package org.timeball.cli;

import picocli.CommandLine.Command;

/** {@code timeball reload}. */
@Command(
    name = "reload",
    description = "Lets the running server read its configuration again: all or nothing.")
final class ReloadCommand extends AskCommand {
  ReloadCommand() {
    super("reload");
  }
}
