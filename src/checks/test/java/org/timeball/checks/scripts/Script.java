package org.timeball.checks.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.timeball.checks.Project;

/** Runs one script of the project, as a person would, and tells how it went. */
final class Script {
  /** A guard against a script that hangs; no test depends on how fast a script is. */
  private static final int LIMIT_MINUTES = 5;

  private Script() {}

  /**
   * @param output standard output and standard error, in the order written
   */
  record Result(int exitCode, String output) {}

  /** The scripts: what can be executed in {@code scripts}, without its folders. */
  static List<Path> all() {
    Path folder = Project.ROOT.resolve("scripts");
    return Project.files().stream()
        .filter(file -> file.getParent().equals(folder) && Files.isExecutable(file))
        .toList();
  }

  static Result run(Path script, String... arguments) throws IOException, InterruptedException {
    return run(Project.ROOT, Map.of(), script, arguments);
  }

  static Result run(Path folder, Map<String, String> environment, Path script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("script", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " still runs after " + LIMIT_MINUTES + " min");
      }
      return new Result(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
