package org.timeball.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line said, and when.
 *
 * <p>Two shapes of file are read. A <b>raw</b> one is the octets as they came. Its lines that begin
 * with {@code #} and hold nothing but text are comments: they are replaced by line ends, so that
 * every other octet keeps its place. A <b>timed</b> one is for people:
 *
 * <pre>
 * # a comment
 * &#64;set baud 9600                what the configuration says; a driver's setting
 * &#64;not-before 2026-11-23        the floor date
 * &#64;line-baud 38400             the speed the receiver speaks at: the driver has to find it
 * +0.112 $GNRMC,…               a line, CR and LF added, its first octet at 0.112 s
 * +0.500 \xB5\x62\x01\          \xHH, \r, \n, \\; a backslash at the end: no CR and LF
 * +1.000000 @rise 17            an edge of a pulse line and its sequence number; or @fall
 * +9 @down                      also @up, @demand (a measurement is wanted), @end
 * </pre>
 */
public final class Recording {
  private static final Pattern TIMED = Pattern.compile("\\+(\\d{1,9}(?:\\.\\d{1,9})?)(?: (.*))?");
  private static final Pattern HEADER = Pattern.compile("@(set|not-before|line-baud)\\b");
  private static final Pattern EDGE = Pattern.compile("@(rise|fall) (\\d{1,18})");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final String name;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private Optional<LocalDate> notBefore = Optional.empty();
  private OptionalInt lineBaud = OptionalInt.empty();

  private Recording(String name) {
    this.name = name;
  }

  /** Reads a file of either shape. */
  public static Recording read(Path file) throws IOException {
    return of(String.valueOf(file.getFileName()), Files.readAllBytes(file));
  }

  /**
   * Takes the octets of a file of either shape: timed if its first line that is no comment and not
   * empty is a setting or begins with {@code +} and a number.
   *
   * @throws IllegalArgumentException if it is timed and a line makes no sense; the message names
   *     the line
   */
  public static Recording of(String name, byte[] octets) {
    for (String line : new String(octets, ISO_8859_1).split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        // Some clocks begin every line with the same sign: only a setting makes it a timed file.
        boolean timed =
            HEADER.matcher(line).lookingAt() || TIMED.matcher(line.stripTrailing()).matches();
        return timed ? timed(name, octets) : raw(name, octets);
      }
    }
    return raw(name, octets);
  }

  /** Takes octets as they came; only comment lines are blanked. */
  public static Recording raw(String name, byte[] octets) {
    Recording recording = new Recording(name);
    recording.steps.add(new Step.Octets(0, new String(withoutComments(octets), ISO_8859_1)));
    return recording;
  }

  /**
   * Blanks the comments. A line within binary frames may begin with the same sign and look like
   * text, so a comment is one only if the line before it is text as well.
   *
   * @return as many octets, the comments made line ends
   */
  public static byte[] withoutComments(byte[] octets) {
    byte[] result = octets.clone();
    boolean textBefore = true;
    int lineStart = 0;
    while (lineStart < octets.length) {
      int lineEnd = lineStart;
      boolean text = true;
      while (lineEnd < octets.length && octets[lineEnd] != '\n') {
        int octet = octets[lineEnd] & 0xFF;
        text &= octet == '\t' || octet == '\r' || (octet >= ' ' && octet != 0x7F);
        lineEnd++;
      }
      if (text && textBefore && octets[lineStart] == '#') {
        Arrays.fill(result, lineStart, lineEnd, (byte) '\n');
      }
      textBefore = text;
      lineStart = lineEnd + 1;
    }
    return result;
  }

  private static Recording timed(String name, byte[] octets) {
    Recording recording = new Recording(name);
    String[] lines = new String(octets, ISO_8859_1).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line =
          lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        recording.addLine(line);
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw new IllegalArgumentException(name + ":" + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return recording;
  }

  private void addLine(String line) {
    if (line.startsWith("@")) {
      addHeader(line);
      return;
    }
    Matcher timed = TIMED.matcher(line);
    if (!timed.matches()) {
      throw new IllegalArgumentException(
          "'" + line + "' is neither a comment (#), a setting (@) nor a timed line (+seconds)");
    }
    long atNanos = new BigDecimal(timed.group(1)).movePointRight(9).longValueExact();
    if (!steps.isEmpty() && atNanos < steps.getLast().atNanos()) {
      throw new IllegalArgumentException("time +" + timed.group(1) + " is before the line above");
    }
    steps.add(step(atNanos, timed.group(2) == null ? "" : timed.group(2)));
  }

  private void addHeader(String line) {
    String[] words = SPACES.split(line.strip(), 3);
    switch (words[0]) {
      case "@set" -> settings.put(word(words, 1, line), words.length > 2 ? words[2] : "");
      case "@not-before" -> notBefore = Optional.of(LocalDate.parse(word(words, 1, line)));
      case "@line-baud" -> lineBaud = OptionalInt.of(Integer.parseInt(word(words, 1, line)));
      default ->
          throw new IllegalArgumentException(
              "'" + words[0] + "' is none of @set, @not-before, @line-baud");
    }
  }

  private static String word(String[] words, int index, String line) {
    if (index >= words.length) {
      throw new IllegalArgumentException("'" + line + "' lacks a value");
    }
    return words[index];
  }

  private static Step step(long atNanos, String text) {
    Matcher edge = EDGE.matcher(text);
    if (edge.matches()) {
      return new Step.PulseEdge(
          atNanos, edge.group(1).equals("rise"), Long.parseLong(edge.group(2)));
    }
    return switch (text) {
      case "@up" -> new Step.LineUp(atNanos);
      case "@down" -> new Step.LineDown(atNanos);
      case "@demand" -> new Step.Demand(atNanos);
      case "@end" -> new Step.End(atNanos);
      default -> {
        if (text.startsWith("@")) {
          throw new IllegalArgumentException(
              "'" + text + "' is none of @rise N, @fall N, @up, @down, @demand, @end");
        }
        yield new Step.Octets(atNanos, unescape(text));
      }
    };
  }

  private static String unescape(String text) {
    StringBuilder octets = new StringBuilder();
    boolean lineEnd = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        octets.append(c);
      } else if (i + 1 == text.length()) {
        lineEnd = false;
      } else {
        i++;
        switch (text.charAt(i)) {
          case 'x' -> {
            if (i + 3 > text.length()) {
              throw new IllegalArgumentException("'\\x' needs two hexadecimal digits");
            }
            octets.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
            i += 2;
          }
          case 'r' -> octets.append('\r');
          case 'n' -> octets.append('\n');
          case '\\' -> octets.append('\\');
          default ->
              throw new IllegalArgumentException(
                  "'\\" + text.charAt(i) + "' is none of \\xHH, \\r, \\n, \\\\");
        }
      }
    }
    if (lineEnd) {
      octets.append('\r');
      octets.append('\n');
    }
    return octets.toString();
  }

  /** The file's name, for messages. */
  public String name() {
    return name;
  }

  /** What the recording says the configuration is. */
  Map<String, String> settings() {
    return settings;
  }

  Optional<LocalDate> notBefore() {
    return notBefore;
  }

  /** The speed the receiver speaks at, if the driver has to find it. */
  OptionalInt lineBaud() {
    return lineBaud;
  }

  List<Step> steps() {
    return steps;
  }
}
