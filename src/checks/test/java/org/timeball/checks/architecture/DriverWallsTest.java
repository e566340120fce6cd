package org.timeball.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.drivers.fixtures.DriverThatKnowsTheCore;
import org.timeball.drivers.fixtures.DriverThatOpensItsDevice;
import org.timeball.drivers.fixtures.DriverThatOwnsAThread;

final class DriverWallsTest {
  static List<Path> drivers() {
    return Rooms.drivers();
  }

  @ParameterizedTest
  @MethodSource("drivers")
  void aDriverUsesTheContractAndNothingElse(Path driver) {
    JavaClasses classes = Rooms.classesIn(List.of(driver));

    Walls.ofADriver(classes).forEach(rule -> rule.check(classes));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        DriverThatKnowsTheCore.class,
        DriverThatOpensItsDevice.class,
        DriverThatOwnsAThread.class
      })
  void aDriverThatUsesMoreIsStopped(Class<?> bad) {
    JavaClasses classes = new ClassFileImporter().importClasses(bad);

    assertThat(Walls.ofADriver(classes))
        .map(rule -> rule.evaluate(classes))
        .filteredOn(EvaluationResult::hasViolation)
        .singleElement()
        .extracting(result -> result.getFailureReport().toString(), STRING)
        .contains(bad.getSimpleName());
  }

  @Test
  void theShippedDriversAreFound() {
    assertThat(drivers())
        .map(folder -> folder.getFileName().toString())
        .contains("nmea", "pps", "template");
  }
}
