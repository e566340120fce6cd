package org.timeball.checks.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HelpTest {
  static List<Path> scripts() {
    return Script.all();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptSaysWhatItDoes(Path script) throws Exception {
    Script.Result help = Script.run(script, "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).startsWith("Usage: scripts/" + script.getFileName());
  }

  @Test
  void theTwoCommandsOfTheReadmeAreThere() {
    assertThat(scripts())
        .map(script -> script.getFileName().toString())
        .contains("timeball", "test");
  }
}
