package org.timeball.corpora;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Where tests find the corpora: the directory named by the environment variable {@code
 * TIMEBALL_CORPORA}, or {@code ../shared/corpora} beside the checkout. Where there is none, a test
 * that asks is reported as skipped; on a build server ({@code CI=true}) it fails, so that a green
 * build always means that they were run.
 */
public final class Corpora {
  private Corpora() {}

  /**
   * The file or directory {@code relative} of the corpora; skips or fails the calling test if it is
   * not there.
   */
  public static Path path(String relative) {
    Path root = root(System.getenv(), Path.of("").toAbsolutePath());
    Path path = root.resolve(relative);
    if (!Files.exists(path)) {
      String message =
          "the corpora are not here: "
              + path
              + " does not exist. Set TIMEBALL_CORPORA to their directory, or put them at"
              + " ../shared/corpora";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message + ". CI=true demands them");
      }
      Assumptions.abort(message);
    }
    return path;
  }

  /** A JSON file of the corpora. */
  public static JsonElement json(String relative) {
    try {
      return JsonParser.parseString(Files.readString(path(relative)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with one JSON value a line. */
  public static List<JsonElement> jsonLines(String relative) {
    try {
      return Files.readAllLines(path(relative)).stream()
          .filter(line -> !line.isBlank())
          .map(JsonParser::parseString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The corpora's directory, which need not exist. Surefire starts each room's tests in the room's
   * own folder, so the top of the checkout is looked for upwards.
   */
  static Path root(Map<String, String> environment, Path workingDirectory) {
    String named = environment.get("TIMEBALL_CORPORA");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    Path top = workingDirectory;
    while (top.getParent() != null && !Files.exists(top.resolve("drivers/pom.xml"))) {
      top = top.getParent();
    }
    return top.resolveSibling("shared").resolve("corpora");
  }
}
