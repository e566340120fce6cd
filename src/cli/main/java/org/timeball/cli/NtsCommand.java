package org.timeball.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code timeball nts}. */
@Command(
    name = "nts",
    description = "Certificates and keys of Network Time Security.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the command did it",
      "2:the command line is wrong; the others: see COMMAND --help"
    },
    subcommands = {NtsInitCommand.class, NtsRotateCommand.class})
final class NtsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
