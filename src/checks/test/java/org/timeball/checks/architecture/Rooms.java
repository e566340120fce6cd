package org.timeball.checks.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.timeball.checks.Project;

/** The compiled classes of the rooms, found by folder: a new room or driver needs no line here. */
final class Rooms {
  private static final Path DRIVERS = Project.ROOT.resolve("drivers");

  private Rooms() {}

  /** What is shipped, of every room and every driver. */
  static JavaClasses all() {
    return classesIn(
        Stream.concat(
                Project.folders(Project.ROOT.resolve("src")).stream(),
                Project.folders(DRIVERS).stream())
            .toList());
  }

  /** The folders of the drivers, without the contract that they fulfil. */
  static List<Path> drivers() {
    return Project.folders(DRIVERS).stream()
        .filter(folder -> Files.exists(folder.resolve("pom.xml")))
        .filter(folder -> !List.of("spi", "testkit").contains(folder.getFileName().toString()))
        .toList();
  }

  static JavaClasses classesIn(List<Path> rooms) {
    return new ClassFileImporter()
        .importPaths(
            rooms.stream()
                .map(room -> room.resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList());
  }
}
