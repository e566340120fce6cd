package org.timeball.checks.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.checks.Project;

final class TextRulesTest {
  @Test
  void everyJavaFileIsShortEnoughToRead() {
    assertThat(complaints(TextRules::length, file -> file.toString().endsWith(".java"))).isEmpty();
  }

  @Test
  void aLongFileIsComplainedAbout() {
    assertThat(TextRules.length("line\n".repeat(TextRules.MAXIMUM_LINES))).isEmpty();
    assertThat(TextRules.length("line\n".repeat(TextRules.MAXIMUM_LINES + 1))).hasSize(1);
  }

  @Test
  void nothingIsPutOff() {
    assertThat(complaints(TextRules::nothingPutOff, TextRulesTest::isWrittenHere)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"// TO" + "DO later", "/* FIX" + "ME */", "@Dis" + "abled(\"flaky\")"})
  void whatIsPutOffIsComplainedAbout(String text) {
    assertThat(TextRules.nothingPutOff("fine\n" + text))
        .singleElement()
        .extracting(Complaint::line)
        .isEqualTo(2);
  }

  @Test
  void noFileNamesAFolderOfOneMachine() {
    assertThat(complaints(TextRules::noMachinePaths, TextRulesTest::isText)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ho" + "me/ann/timeball", "cd /ro" + "ot/src", "\"/Us" + "ers/bob/x\""})
  void aFolderOfOneMachineIsComplainedAbout(String text) {
    assertThat(TextRules.noMachinePaths(text)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ho" + "me/pi/timeball", "src/wo" + "rk/x", "${HOME}/ro" + "ot/x"})
  void aFolderThatEveryMachineHasIsNot(String text) {
    assertThat(TextRules.noMachinePaths(text)).isEmpty();
  }

  @Test
  void everyPlaceInAStandardIsCitedInTheOneForm() {
    assertThat(complaints(TextRules::citations, TextRulesTest::mayCite)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RFC 5905, section 11.2.1",
        "(RFC 5905, section 8).",
        "RFC 5905, appendix A.5.1",
        "the pulses of RFC 2783",
        " * see RFC 5905,\n * section 8",
        "https://www.rfc-editor.org/rfc/rfc5905",
        "import org.example.rfc5905.Packet;",
      })
  void aGoodCitationIsLeftAlone(String text) {
    assertThat(TextRules.citations(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RFC5905",
        "rfc 5905",
        "RFC-5905",
        "RFC 5905 section 8",
        "RFC 5905 (section 8)",
        "RFC 5905, Section 8",
        "RFC 5905 §8",
        "section 8 of RFC 5905",
        " * see RFC 5905\n * section 8",
      })
  void anotherFormOfCitationIsComplainedAbout(String text) {
    assertThat(TextRules.citations(text)).hasSize(1);
  }

  private static List<String> complaints(
      Function<String, List<Complaint>> rule, Predicate<Path> which) {
    return Project.files().stream()
        .filter(which)
        .flatMap(file ->
            rule.apply(Project.text(file)).stream()
                .map(complaint -> Project.name(file) + ":" + complaint))
        .toList();
  }

  private static boolean isText(Path file) {
    return !Project.name(file).matches(".*\\.(png|jpg|gz|xz|zst|jar|bin|ubx|log|golden)");
  }

  /** Recordings and licences are other people's text. */
  private static boolean isWrittenHere(Path file) {
    String name = Project.name(file);
    return name.matches(".*\\.(java|md|xml|sh|toml|py)|scripts/[^.]*|\\.ci/run")
        && !name.contains("/test/resources/");
  }

  /** This test shows bad citations. */
  private static boolean mayCite(Path file) {
    return isWrittenHere(file) && !file.endsWith("TextRulesTest.java");
  }
}
