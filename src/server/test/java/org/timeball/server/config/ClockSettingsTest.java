package org.timeball.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.timeball.core.discipline.SteeringPolicy;

class ClockSettingsTest {
  private final ConfigurationFile reader =
      new ConfigurationFile(FakeDriver.INSTALLED, LocalDate.of(2026, 11, 23));

  @Test
  void theClockIsCorrectedAsTheOperatorAllows() throws Exception {
    String text =
        """
        [clock]
        refuse-above = "1 h"
        steps-at-most = 3
        steps-within = "7 d"
        max-slew-ppm = 100
        discipline = "kernel"
        """;

    assertThat(reader.parse("t.toml", text).clock().policy())
        .isEqualTo(
            new SteeringPolicy(
                0.010,
                0.128,
                Double.POSITIVE_INFINITY,
                3600,
                new SteeringPolicy.StepLimit(3, 7 * 86_400),
                100e-6,
                100e-6,
                SteeringPolicy.Loop.KERNEL));
    assertThat(
            catchThrowableOfType(
                ConfigurationException.class,
                () -> reader.parse("t.toml", "[clock]\nsteps-within = \"1 d\"\n")))
        .hasMessageContaining("steps-at-most");
    assertThat(
            catchThrowableOfType(
                ConfigurationException.class,
                () ->
                    reader.parse("t.toml", "[clock]\nsteer = \"user\"\ndiscipline = \"kernel\"\n")))
        .hasMessageContaining("only the kernel's clock");
  }
}
