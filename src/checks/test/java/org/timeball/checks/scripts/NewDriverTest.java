package org.timeball.checks.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.checks.Project;

/** Makes a driver in a copy of the project that holds what a driver is built from. */
final class NewDriverTest {
  @TempDir private Path copy;
  private Path script;

  @BeforeEach
  void copyProject() throws IOException {
    for (Path file : Project.files()) {
      String name = Project.name(file);
      if (name.endsWith("pom.xml") || name.matches("(scripts|drivers|src/time)/.*")) {
        Path target = copy.resolve(name);
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    script = copy.resolve("scripts/new-driver");
  }

  @Test
  @Tag("slow")
  void makesADriverThatPassesItsTestsAndNamesTheTemplateNowhere() throws Exception {
    Script.Result made = Script.run(copy, Map.of(), script, "old-beacon");

    assertThat(made.exitCode()).as(made.output()).isZero();
    Path driver = copy.resolve("drivers/old-beacon");
    assertThat(driver.resolve("main/java/org/timeball/driver/oldbeacon/OldBeaconProvider.java"))
        .exists();
    assertThat(mentions(driver, "template")).isEmpty();
    assertThat(copy.resolve("drivers/pom.xml")).content().contains("<module>old-beacon</module>");

    Script.Result built =
        Script.run(
            copy,
            Map.of(),
            Path.of("mvn"),
            List.of("-B", "-ntp", "-q", "-pl", "drivers/old-beacon", "-am", "verify")
                .toArray(String[]::new));
    assertThat(built.exitCode()).as(built.output()).isZero();
    assertThat(driver.resolve("target"))
        .isDirectoryContaining("glob:**/timeball-driver-old-beacon-*.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Beacon", "1pps", "a/b", "..", "beacon-", "int"})
  void refusesANameThatWillNotDo(String name) throws Exception {
    Script.Result result = Script.run(copy, Map.of(), script, name);

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.output()).contains("will not do");
  }

  @Test
  void doesNotTouchADriverThatIsThere() throws Exception {
    Script.Result result = Script.run(copy, Map.of(), script, "nmea");

    assertThat(result.exitCode()).isEqualTo(73);
    assertThat(result.output()).contains("drivers/nmea is already there");
  }

  private static List<Path> mentions(Path folder, String word) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains(word) || Project.text(file).contains(word))
          .toList();
    }
  }
}
