package org.timeball.checks.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.checks.Project;

final class FolderRulesTest {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)`");

  @Test
  void everyPackageHasAFrontDoor() {
    List<String> without =
        Project.files(".java").stream()
            .filter(file -> Project.name(file).contains("/main/java/"))
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .map(Project::name)
            .toList();

    assertThat(without).as("packages without package-info.java").isEmpty();
  }

  @Test
  void everyRoomIsBuilt() {
    Path house = Project.ROOT.resolve("pom.xml");
    assertThat(Project.folders(Project.ROOT.resolve("src")))
        .filteredOn(folder -> Files.exists(folder.resolve("pom.xml")))
        .map(Project::name)
        .isSubsetOf(modules(house));
  }

  @Test
  void everyDriverIsBuilt() {
    Path drivers = Project.ROOT.resolve("drivers");
    assertThat(modules(drivers.resolve("pom.xml")))
        .containsExactlyInAnyOrderElementsOf(
            Project.folders(drivers).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(name -> !name.equals("target"))
                .toList());
  }

  @Test
  void theChangelogHasAPlaceForTheNextChange() {
    assertThat(Project.text(Project.ROOT.resolve("CHANGELOG.md"))).contains("\n## [Unreleased]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"})
  void whoArrivesFindsWhatTheyLookFor(String name) {
    assertThat(Project.ROOT.resolve(name)).isNotEmptyFile();
  }

  @Test
  void everyTestThatTheReadmeTakesAsProofIsThere() {
    List<String> tests =
        Project.files("Test.java").stream().map(file -> file.getFileName().toString()).toList();

    assertThat(TEST_NAME.matcher(Project.text(Project.ROOT.resolve("README.md"))).results())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(tests).contains(found.group(1) + ".java"));
  }

  @Test
  void everyDecisionRecordIsInTheIndex() {
    Path folder = Project.ROOT.resolve("docs/adr");
    String index = Project.text(folder.resolve("README.md"));

    assertThat(records(folder)).isNotEmpty().allSatisfy(name -> assertThat(index).contains(name));
  }

  private static List<String> records(Path folder) {
    return Project.files(".md").stream()
        .filter(file -> file.startsWith(folder))
        .map(file -> file.getFileName().toString())
        .filter(name -> name.matches("\\d{4}-.*"))
        .toList();
  }

  private static List<String> modules(Path pom) {
    try (Stream<MatchResult> found = MODULE.matcher(Project.text(pom)).results()) {
      return found.map(match -> match.group(1)).toList();
    }
  }
}
