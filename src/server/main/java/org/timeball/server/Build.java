package org.timeball.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Properties;

/**
 * Which program this is.
 *
 * @param version as in the project's pom
 * @param date the day of the build; no time before it can be true
 */
public record Build(String version, LocalDate date) {
  /** This program. */
  public static Build current() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties is missing from the program's own jar", e);
    }
    OffsetDateTime built = OffsetDateTime.parse(properties.getProperty("built"));
    return new Build(
        properties.getProperty("version"),
        built.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate());
  }
}
