package org.timeball.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.timeball.server.control.Answer;
import org.timeball.server.control.Commands;
import org.timeball.server.control.ControlClient;
import org.timeball.server.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that a running daemon carries out: asked over its control socket. */
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the daemon answered",
      "1:the daemon answered that it cannot",
      "69:no daemon is running, or its socket may not be used"
    })
abstract class AskCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "JSON instead of text.")
  private boolean json;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description =
          "The daemon's run directory. Without it the service's is looked at, then that of a"
              + " demonstration.")
  private Path directory;

  private final String command;

  AskCommand(String command) {
    this.command = command;
  }

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Answer answer = ControlClient.ask(runDirectory(), command());
      out.println(json ? Json.write(answer.report()) : answer.text());
      return ExitCode.OK;
    } catch (Commands.Refused e) {
      throw new CommandFailure(ExitCode.NO, e.getMessage());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, e.getMessage());
    }
  }

  /** What the daemon is told. */
  String command() {
    return command;
  }

  private Path runDirectory() throws CommandFailure {
    List<Path> candidates =
        directory != null
            ? List.of(directory)
            : List.of(
                RunDirectory.ofService(Optional.empty(), System.getenv()),
                RunDirectory.ofDemonstration(System.getenv(), DemoCommand.DEFAULT_PORT));
    for (Path candidate : candidates) {
      if (ControlClient.answersIn(candidate)) {
        return candidate;
      }
    }
    throw new CommandFailure(ExitCode.UNAVAILABLE, ControlClient.whyNobodyAnswers(candidates));
  }
}
