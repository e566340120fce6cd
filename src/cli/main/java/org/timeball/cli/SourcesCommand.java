package org.timeball.cli;

import picocli.CommandLine.Command;

/** {@code timeball sources}. */
@Command(
    name = "sources",
    description = "Shows the sources of the running server, and what became of each.")
final class SourcesCommand extends AskCommand {
  SourcesCommand() {
    super("sources");
  }
}
