package org.timeball.checks.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.checks.Project;

/** The search of {@code scripts/lib/java.sh}, shown folders that only look like a Java. */
final class JavaSearchTest {
  @TempDir private Path folder;
  private Path first;
  private Path second;
  private Path search;

  @BeforeEach
  void makePlaces() throws IOException {
    first = Files.createDirectories(folder.resolve("first"));
    second = Files.createDirectories(folder.resolve("second"));
    search =
        FakeMachine.executable(
            folder.resolve("search"),
            ". '" + Project.ROOT.resolve("scripts/lib/java.sh") + "'\nfind_java \"$1\"");
  }

  @Test
  void findsTheOneThatIsNewEnough() throws Exception {
    withReleaseFile(first.resolve("jdk-17"), "17.0.15");
    withReleaseFile(first.resolve("jdk-24"), "24");
    Path good = withReleaseFile(second.resolve("jdk-25"), "25.0.3");

    assertThat(find("java", Map.of())).isEqualTo(good.toString());
  }

  @Test
  void prefersTheOneTheUserNames() throws Exception {
    withReleaseFile(first.resolve("jdk-25"), "25");
    Path named = withReleaseFile(folder.resolve("mine"), "27-ea");

    assertThat(find("java", Map.of("JAVA_HOME", named.toString()))).isEqualTo(named.toString());
  }

  @Test
  void passesOverANamedOneThatIsTooOld() throws Exception {
    Path good = withReleaseFile(first.resolve("jdk-25"), "25");
    Path named = withReleaseFile(folder.resolve("mine"), "1.8.0_442");

    assertThat(find("java", Map.of("JAVA_HOME", named.toString()))).isEqualTo(good.toString());
  }

  @Test
  void asksTheProgramWhereThereIsNoReleaseFile() throws Exception {
    Path silent = first.resolve("plain");
    withProgram(silent, "java", "echo 'openjdk version \"25.0.1\" 2025-10-21' >&2");

    assertThat(find("java", Map.of())).isEqualTo(silent.toString());
  }

  @Test
  void wantsACompilerToBuild() throws Exception {
    withReleaseFile(first.resolve("jre-25"), "25");
    Path jdk = withReleaseFile(second.resolve("jdk-25"), "25");
    withProgram(jdk, "javac", "exit 0");

    assertThat(find("javac", Map.of())).isEqualTo(jdk.toString());
  }

  @Test
  void findsNothingAmongRubbish() throws Exception {
    Files.writeString(first.resolve("file"), "not a folder");
    Files.createDirectories(first.resolve("empty"));
    withReleaseFile(first.resolve("odd"), "twenty-five");

    Script.Result result = search("java", Map.of());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).isEmpty();
  }

  private String find(String program, Map<String, String> environment) throws Exception {
    Script.Result result = search(program, environment);
    assertThat(result.exitCode()).isZero();
    return result.output().strip();
  }

  private Script.Result search(String program, Map<String, String> environment) throws Exception {
    Map<String, String> all =
        new HashMap<>(Map.of("JAVA_HOME", "", "TIMEBALL_JAVA_PLACES", first + ":" + second));
    all.putAll(environment);
    return Script.run(folder, all, search, program);
  }

  private static Path withReleaseFile(Path home, String version) throws IOException {
    withProgram(home, "java", "exit 1");
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void withProgram(Path home, String name, String body) throws IOException {
    Path programs = Files.createDirectories(home.resolve("bin"));
    FakeMachine.executable(programs.resolve(name), body);
  }
}
