package org.timeball.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.platform.clock.TemperatureSensor;

class ThermometerTest {
  private static final long SOON_SECONDS = 60;

  @TempDir Path directory;
  private final LinkedBlockingQueue<Double> readings = new LinkedBlockingQueue<>();

  private TemperatureSensor sensor(String text) throws Exception {
    return new TemperatureSensor(Files.writeString(directory.resolve("temp"), text));
  }

  @Test
  void handsOnDegreesCelsius() throws Exception {
    try (Thermometer _ = new Thermometer(sensor("48312\n"), readings::add)) {
      assertThat(readings.poll(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo(48.312);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "warm\n", "48.3\n", "-273150\n", "200000\n", "99999999999999999999"})
  void whatNoSensorReadsIsNotHandedOn(String text) throws Exception {
    Thermometer thermometer = new Thermometer(sensor(text), readings::add);
    thermometer.close();

    assertThat(readings).isEmpty();
  }

  @Test
  void aFileThatIsNotThereHarmsNobody() {
    Thermometer thermometer =
        new Thermometer(new TemperatureSensor(directory.resolve("none")), readings::add);
    thermometer.close();

    assertThat(readings).isEmpty();
  }

  @Test
  void thePathOfTheConfigurationGoesBeforeTheUsualOne() {
    Path file = directory.resolve("temp1_input");

    assertThat(Thermometer.sensor(Optional.of(file))).contains(new TemperatureSensor(file));
  }
}
