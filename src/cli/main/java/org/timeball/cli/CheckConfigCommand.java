package org.timeball.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.timeball.server.Build;
import org.timeball.server.InstalledDrivers;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.Problem;
import org.timeball.server.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code timeball check-config FILE}. */
@Command(
    name = "check-config",
    description = {
      "Reads a configuration file and shows every mistake in it, each with file, line and column.",
      "Opens no device and no socket, so it can be run beside the service."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the file is good", "78:the file has mistakes or cannot be read"})
final class CheckConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file, such as /etc/timeball/timeball.toml.")
  private Path file;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  private record Result(String file, boolean ok, List<Problem> problems) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Configuration configuration =
          new ConfigurationFile(InstalledDrivers.find(), Build.current().date()).read(file);
      if (json) {
        out.println(Json.write(new Result(file.toString(), true, List.of())));
      } else {
        out.println(
            "%s: good; %d to listen on, %d to take time from"
                .formatted(
                    file, configuration.listeners().size(), configuration.refclocks().size()));
      }
      return ExitCode.OK;
    } catch (ConfigurationException e) {
      if (json) {
        out.println(Json.write(new Result(file.toString(), false, e.problems())));
      } else {
        e.problems().forEach(spec.commandLine().getErr()::println);
      }
      return ExitCode.CONFIGURATION;
    }
  }
}
