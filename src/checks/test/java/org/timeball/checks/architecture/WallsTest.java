package org.timeball.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class WallsTest {
  private static final JavaClasses HOUSE = Rooms.all();

  @ParameterizedTest
  @FieldSource("org.timeball.checks.architecture.Walls#ALL")
  void everyRoomKeepsToItsWalls(Wall wall) {
    wall.rule().check(HOUSE);
  }

  @ParameterizedTest
  @FieldSource("org.timeball.checks.architecture.Walls#ALL")
  void everyWallStopsTheClassesThatBreakIt(Wall wall) {
    assertThat(wall.badClasses()).isNotEmpty();
    JavaClasses bad = new ClassFileImporter().importClasses(wall.badClasses());

    String report = wall.rule().evaluate(bad).getFailureReport().toString();

    assertThat(wall.badClasses())
        .allSatisfy(type -> assertThat(report).contains(type.getSimpleName()));
  }

  @Test
  void everyRoomIsLookedAt() {
    for (String room : List.of("time", "core", "spi", "platform")) {
      assertThat(HOUSE.containPackage("org.timeball." + room)).as(room).isTrue();
    }
  }
}
