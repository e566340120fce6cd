package org.timeball.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.timeball.server.InstalledDrivers;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.RefclockSettings;

final class BoardConfigTest {
  private static final Path BOARDS = Project.ROOT.resolve("board-config");

  static List<Path> boards() {
    return Project.folders(BOARDS);
  }

  @ParameterizedTest
  @MethodSource("boards")
  void theConfigurationOfEveryBoardIsAcceptedAndHasAPulse(Path board) throws Exception {
    Configuration configuration =
        new ConfigurationFile(InstalledDrivers.find(), LocalDate.EPOCH)
            .read(board.resolve("timeball.toml"));

    assertThat(configuration.refclocks())
        .singleElement()
        .extracting(RefclockSettings::pulseLine)
        .isEqualTo("gps.pulse");
  }

  @ParameterizedTest
  @MethodSource("boards")
  void everyBoardSaysWhichPinThePulseIsOnAndWhetherItWasTried(Path board) {
    assertThat(Project.text(board.resolve("config.txt")))
        .containsPattern("(?m)^dtoverlay=pps-gpio,gpiopin=\\d+$");
    assertThat(Project.text(board.resolve("README.md"))).contains("Not run on the hardware yet.");
    assertThat(Project.text(BOARDS.resolve("README.md")))
        .contains("(" + board.getFileName() + "/README.md)");
  }
}
