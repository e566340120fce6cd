package org.timeball.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.timeball.server.Build;
import org.timeball.server.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code timeball version}. */
@Command(
    name = "version",
    description = "Shows which version this is, and on which Java it runs.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = "0:always")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  private record Version(String version, String built, String java, String system) {}

  @Override
  public Integer call() {
    Build build = Build.current();
    Version version =
        new Version(
            build.version(),
            build.date().toString(),
            Runtime.version().toString(),
            System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(version));
    } else {
      out.printf(
          "timeball %s, built %s, on Java %s, %s%n",
          version.version, version.built, version.java, version.system);
    }
    return ExitCode.OK;
  }
}
