package org.timeball.cli;

import picocli.CommandLine.Option;

/** The {@code --help} of every command. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  boolean wanted;
}
