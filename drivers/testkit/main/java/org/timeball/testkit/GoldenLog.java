package org.timeball.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.timeball.spi.DriverProvider;

/**
 * A recording with a golden file beside it: {@code NAME.log} and {@code NAME.golden}, what the
 * driver makes of it, one line for each thing found.
 *
 * <p>{@code -Dtimeball.golden=rewrite} writes the golden files anew. Read the difference before you
 * commit it.
 */
public final class GoldenLog {
  private static final String PROPERTY = "timeball.golden";
  private static final int CONTEXT_LINES = 3;

  private GoldenLog() {}

  /** The logs in a folder, in the order of their names; never none. */
  public static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> logs = files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
      if (logs.isEmpty()) {
        throw new IllegalArgumentException(folder + " holds no .log file");
      }
      return logs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the log through the driver and compares.
   *
   * @throws AssertionError with the first difference, if there is one
   */
  public static void check(DriverProvider provider, Path log) throws IOException {
    check(provider, log, "rewrite".equals(System.getProperty(PROPERTY)));
  }

  static void check(DriverProvider provider, Path log, boolean rewrite) throws IOException {
    List<String> found = new Replay(provider).run(Recording.read(log)).lines();
    Path golden = log.resolveSibling(log.getFileName().toString().replaceAll("\\.log$", ".golden"));
    if (rewrite) {
      Files.write(golden, found);
      return;
    }
    List<String> expected;
    try {
      expected = Files.readAllLines(golden);
    } catch (NoSuchFileException e) {
      throw new AssertionError(
          golden + " is missing; run the test with -D" + PROPERTY + "=rewrite to make it", e);
    }
    if (!expected.equals(found)) {
      throw new AssertionError(difference(golden, expected, found));
    }
  }

  /** The first line that differs, with the lines around it. */
  static String difference(Path golden, List<String> expected, List<String> found) {
    int at = 0;
    while (at < expected.size() && at < found.size() && expected.get(at).equals(found.get(at))) {
      at++;
    }
    StringBuilder text = new StringBuilder();
    text.append(golden).append(':').append(at + 1).append(": the driver says something else\n");
    for (int i = Math.max(0, at - CONTEXT_LINES); i < at; i++) {
      text.append("    ").append(expected.get(i)).append('\n');
    }
    for (int i = at; i < Math.min(expected.size(), at + CONTEXT_LINES); i++) {
      text.append("  - ").append(expected.get(i)).append('\n');
    }
    for (int i = at; i < Math.min(found.size(), at + CONTEXT_LINES); i++) {
      text.append("  + ").append(found.get(i)).append('\n');
    }
    return text.append("(")
        .append(expected.size())
        .append(" lines expected, ")
        .append(found.size())
        .append(" found; if the new ones are right: -D")
        .append(PROPERTY)
        .append("=rewrite)")
        .toString();
  }
}
