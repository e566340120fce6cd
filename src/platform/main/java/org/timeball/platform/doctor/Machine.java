package org.timeball.platform.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files in which Linux shows itself.
 *
 * @param root {@code /}; a test has a machine of its own under another directory
 */
record Machine(Path root) {
  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  Path path(Path absolute) {
    return path(absolute.toString());
  }

  Path proc() {
    return path("/proc");
  }

  /** A small file's text; empty if there is none. */
  Optional<String> text(String absolute) {
    try {
      return Optional.of(Files.readString(path(absolute)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Names in a directory, sorted; none if there is no such directory. */
  List<String> names(String absolute) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(absolute))) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (IOException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }
}
