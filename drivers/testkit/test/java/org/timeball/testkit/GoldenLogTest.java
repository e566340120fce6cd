package org.timeball.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenLogTest {
  private static final Path TELEPHONE = Path.of("test/resources/telephone.log");

  @TempDir Path folder;

  @Test
  void holdsADialogueOnAModem() throws IOException {
    GoldenLog.check(new TelephoneSketch(), TELEPHONE);
  }

  @Test
  void showsTheFirstLineThatDiffersAndThoseAroundIt() throws IOException {
    Path log = Files.copy(TELEPHONE, folder.resolve("a.log"));
    List<String> golden = Files.readAllLines(Path.of("test/resources/telephone.golden"));
    golden.set(3, "notice 0123 answered");
    Files.write(folder.resolve("a.golden"), golden);

    assertThatThrownBy(() -> GoldenLog.check(new TelephoneSketch(), log, false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a.golden:4: the driver says something else")
        .hasMessageContaining("    line sent ATDT0123\\x0D\n  - notice 0123 answered\n")
        .hasMessageContaining("-Dtimeball.golden=rewrite");
  }

  @Test
  void saysHowToMakeAGoldenFileThatIsMissing() throws IOException {
    Path log = Files.copy(TELEPHONE, folder.resolve("a.log"));

    assertThatThrownBy(() -> GoldenLog.check(new TelephoneSketch(), log, false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a.golden is missing")
        .hasMessageContaining("-Dtimeball.golden=rewrite");
  }

  @Test
  void writesTheGoldenFileAnewWhenAsked() throws IOException {
    Path log = Files.copy(TELEPHONE, folder.resolve("a.log"));

    GoldenLog.check(new TelephoneSketch(), log, true);

    assertThat(folder.resolve("a.golden"))
        .hasSameTextualContentAs(Path.of("test/resources/telephone.golden"));
  }

  @Test
  void isNotContentWithAFolderWithoutRecordings() {
    assertThatThrownBy(() -> GoldenLog.in(folder)).hasMessageContaining("holds no .log file");
    assertThat(GoldenLog.in(Path.of("test/resources"))).containsExactly(TELEPHONE);
  }
}
