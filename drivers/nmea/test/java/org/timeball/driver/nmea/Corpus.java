package org.timeball.driver.nmea;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.timeball.testkit.Recording;

/**
 * Recordings of real receivers with an answer key each, which lie beside a checkout and are no part
 * of it. Where they are missing a test is skipped, and fails where {@code CI} is {@code true}.
 */
record Corpus(Path folder, List<Log> logs) {
  /** One recording; {@code notBefore} is the floor date its key was made with. */
  record Log(String name, Optional<LocalDate> notBefore, Path folder) {
    byte[] octets() {
      try {
        return Files.readAllBytes(folder.resolve(name + ".log"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Recording recording() {
      return Recording.raw(name, octets());
    }

    /** The key: each line's fields as text, by the offset of its sentence. */
    Map<Long, Map<String, String>> key() {
      Map<Long, Map<String, String>> key = new LinkedHashMap<>();
      for (String line : lines(folder.resolve(name + ".lines.jsonl"))) {
        Map<String, String> fields = fields(line);
        key.put(Long.valueOf(fields.get("off")), fields);
      }
      return key;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** One name and value of a flat object: the keys hold no nested ones in what is read here. */
  private static final Pattern FIELD =
      Pattern.compile(
          "\"([^\"]+)\": ?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?[0-9.eE+-]+|true|false|null))");

  private static final Pattern MANIFEST_ENTRY =
      Pattern.compile(
          "\"name\": ?\"([^\"]+)\".*?\"not_before\": ?(?:\"([0-9-]+)\"|null)", Pattern.DOTALL);

  static Corpus load() {
    String elsewhere = System.getenv("TIMEBALL_CORPORA");
    Path folder =
        elsewhere == null ? Path.of("../../../shared/corpora/nmea") : Path.of(elsewhere, "nmea");
    if (!Files.isDirectory(folder)) {
      String message = "the corpora are not at " + folder.toAbsolutePath().normalize();
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    List<Log> logs = new ArrayList<>();
    Matcher entry =
        MANIFEST_ENTRY.matcher(String.join("\n", lines(folder.resolve("manifest.json"))));
    while (entry.find()) {
      logs.add(
          new Log(
              entry.group(1), Optional.ofNullable(entry.group(2)).map(LocalDate::parse), folder));
    }
    return new Corpus(folder, logs);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(line);
    while (field.find()) {
      fields.put(field.group(1), field.group(2) == null ? field.group(3) : field.group(2));
    }
    return fields;
  }
}
