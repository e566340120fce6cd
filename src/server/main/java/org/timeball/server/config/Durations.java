package org.timeball.server.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a number and a unit, such as {@code "100 ms"}. */
final class Durations {
  private static final Pattern TEXT =
      Pattern.compile("([+-]?[0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-zµμ]+)");

  private static final Map<String, BigDecimal> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("ns", new BigDecimal("1e-9"));
    UNITS.put("us", new BigDecimal("1e-6"));
    UNITS.put("µs", new BigDecimal("1e-6")); // micro sign
    UNITS.put("μs", new BigDecimal("1e-6")); // Greek mu, which looks the same
    UNITS.put("ms", new BigDecimal("1e-3"));
    UNITS.put("s", new BigDecimal("1"));
    UNITS.put("min", new BigDecimal("60"));
    UNITS.put("h", new BigDecimal("3600"));
    UNITS.put("d", new BigDecimal("86400"));
  }

  private Durations() {}

  /** In seconds. */
  static double parse(String text) throws BadValue {
    Matcher matcher = TEXT.matcher(text.strip());
    BigDecimal unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new BadValue(
          "'%s' is not a duration: write a number and one of ns, us, ms, s, min, h, d, such as \"100 ms\""
              .formatted(text));
    }
    // In decimal, so that "60 ns" is the number nearest to 60e-9 and not its neighbour.
    return new BigDecimal(matcher.group(1)).multiply(unit).doubleValue();
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
