package org.timeball.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a number and a unit, such as {@code "100 ms"}. */
final class Durations {
  private static final Pattern TEXT =
      Pattern.compile("([+-]?[0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-zµμ]+)");

  private static final Map<String, Double> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("ns", 1e-9);
    UNITS.put("us", 1e-6);
    UNITS.put("µs", 1e-6); // micro sign
    UNITS.put("μs", 1e-6); // Greek mu, which looks the same
    UNITS.put("ms", 1e-3);
    UNITS.put("s", 1.0);
    UNITS.put("min", 60.0);
    UNITS.put("h", 3_600.0);
    UNITS.put("d", 86_400.0);
  }

  private Durations() {}

  /** In seconds. */
  static double parse(String text) throws BadValue {
    Matcher matcher = TEXT.matcher(text.strip());
    Double unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new BadValue(
          "'%s' is not a duration: write a number and one of ns, us, ms, s, min, h, d, such as \"100 ms\""
              .formatted(text));
    }
    return Double.parseDouble(matcher.group(1)) * unit;
  }

  /** {@link #parse} for text that stands in the program itself. */
  static double secondsOf(String text) {
    try {
      return parse(text);
    } catch (BadValue e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
