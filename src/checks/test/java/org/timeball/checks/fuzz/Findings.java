package org.timeball.checks.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.timeball.checks.Project;

/** What once broke a promise, in hexadecimal, so that every file of the project is text. */
final class Findings {
  static final Path FOLDER = Project.ROOT.resolve("src/checks/test/resources/fuzz");

  private Findings() {}

  /** All of one target, perhaps none. */
  static List<byte[]> of(String target) throws IOException {
    Path folder = FOLDER.resolve(target);
    List<byte[]> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          all.add(HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", "")));
        }
      }
    }
    return all;
  }
}
