package org.timeball.checks.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.timeball.checks.Project;

/**
 * A machine with the launcher and a source tree of three files, on which Java, Maven and apt are
 * scripts of ours: so a test decides what is installed, and nothing of this machine is used.
 */
final class FakeMachine {
  /** What the launcher may find in every Linux. */
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "chmod",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "head",
          "id",
          "mkdir",
          "mktemp",
          "readlink",
          "rm",
          "sed",
          "tee",
          "touch");

  private final Path folder;
  private final Path tools;
  private final Map<String, String> environment = new HashMap<>();

  /** The source tree's own folder. */
  final Path tree;

  /** The only place where a Java is looked for. */
  final Path places;

  FakeMachine(Path folder) throws IOException {
    this.folder = folder;
    tools = Files.createDirectories(folder.resolve("tools"));
    places = Files.createDirectories(folder.resolve("jvm"));
    tree = Files.createDirectories(folder.resolve("a tree"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(tools.resolve(tool), whereIs(tool));
    }
    for (Path file : Project.files()) {
      String name = Project.name(file);
      if (name.equals("scripts/timeball") || name.startsWith("scripts/lib/")) {
        Files.createDirectories(tree.resolve(name).getParent());
        Files.copy(file, tree.resolve(name));
      }
    }
    for (String source : List.of("pom.xml", "src/core/main/java/A.java", "src/core/test/B.java")) {
      writeLongAgo(source);
    }
    Files.createDirectories(tree.resolve("drivers"));
    environment.put("PATH", tools.toString());
    environment.put("JAVA_HOME", "");
    environment.put("TIMEBALL_JAVA_PLACES", places.toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
  }

  /** A Java that says how it was started. */
  FakeMachine withJdk() throws IOException {
    Path home = Files.createDirectories(places.resolve("jdk-25/bin"));
    Files.writeString(home.resolveSibling("release"), "JAVA_VERSION=\"25.0.3\"\n");
    executable(home.resolve("java"), "for a in \"$@\"; do echo \"[$a]\"; done");
    executable(home.resolve("javac"), "exit 1");
    return this;
  }

  /** A Maven that leaves behind what the launcher looks for. */
  FakeMachine withMaven() throws IOException {
    return withTool("mvn", "mkdir -p src/cli/target/timeball; touch src/cli/target/timeball/built");
  }

  FakeMachine withTool(String name, String body) throws IOException {
    Files.deleteIfExists(tools.resolve(name));
    executable(tools.resolve(name), body);
    return this;
  }

  FakeMachine with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Changes a source file now, that is, after every build so far. */
  void change(String source) throws IOException {
    Path file = tree.resolve(source);
    Files.writeString(file, "changed");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2200-01-01T00:00:00Z")));
  }

  /** Runs the launcher from another folder, through a symbolic link. */
  Script.Result launch(String... arguments) throws IOException, InterruptedException {
    Path link = folder.resolve("link");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, tree.resolve("scripts/timeball"));
    return Script.run(folder, environment, link, arguments);
  }

  Path cache() {
    return folder.resolve("cache");
  }

  private void writeLongAgo(String name) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
    FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    for (Path path = file; !path.equals(tree); path = path.getParent()) {
      Files.setLastModifiedTime(path, longAgo);
    }
  }

  private static Path whereIs(String tool) {
    for (String place : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
      Path program = Path.of(place, tool);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    throw new IllegalStateException("this machine has no " + tool);
  }

  static Path executable(Path file, String body) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
