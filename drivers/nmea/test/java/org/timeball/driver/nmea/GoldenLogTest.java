package org.timeball.driver.nmea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.timeball.spi.DriverProvider;
import org.timeball.testkit.GoldenLog;

class GoldenLogTest {
  static List<Path> recordings() {
    return GoldenLog.in(Path.of("test/resources"));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void makesOfEachRecordingWhatItsGoldenFileSays(Path log) throws IOException {
    GoldenLog.check(new NmeaProvider(), log);
  }

  @Test
  void isFoundByItsNameInTheConfiguration() {
    assertThat(ServiceLoader.load(DriverProvider.class))
        .extracting(DriverProvider::name)
        .contains("nmea");
  }
}
