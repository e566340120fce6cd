package org.timeball.server.config;

import java.net.InetAddress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.timeball.time.ReferenceId;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** The kinds of values that keys take. */
final class Values {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");
  private static final Pattern DEVICE = Pattern.compile("[^\\s/]{1,15}");

  private static final Pattern HOST =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?");

  private Values() {}

  static ValueReader<String> text() {
    return value -> {
      if (value instanceof String text) {
        if (text.isBlank()) {
          throw new BadValue("the text is empty; give a value or remove the key");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
          throw new BadValue(
              "there is a control character in it; no path, name or address has one");
        }
        return text;
      }
      throw wrongType("text in quotes", value);
    };
  }

  /** The id of a listener, source or refclock. */
  static ValueReader<String> name() {
    return value -> {
      String text = text().read(value);
      if (!NAME.matcher(text).matches()) {
        throw new BadValue(
            "'%s' cannot be a name: 1 to 32 letters, digits, '_' and '-', because it stands in logs and commands"
                .formatted(text));
      }
      return text;
    };
  }

  static ValueReader<Boolean> flag() {
    return value -> {
      if (value instanceof Boolean flag) {
        return flag;
      }
      throw wrongType("true or false", value);
    };
  }

  /**
   * A whole number.
   *
   * @param reason why it may not be larger or smaller, such as "the largest UDP port"
   */
  static ValueReader<Integer> integer(int least, int greatest, String reason) {
    return value -> {
      if (!(value instanceof Long number)) {
        throw wrongType("a whole number", value);
      }
      if (number < least || number > greatest) {
        throw new BadValue(
            "%d is %s: %d to %d is possible, %s"
                .formatted(
                    number,
                    number > greatest ? "above " + greatest : "below " + least,
                    least,
                    greatest,
                    reason));
      }
      return number.intValue();
    };
  }

  /** A whole number with no limits of its own. */
  static ValueReader<Long> anyInteger() {
    return value -> {
      if (value instanceof Long number) {
        return number;
      }
      throw wrongType("a whole number", value);
    };
  }

  /** A duration in seconds, as a number or as text with a unit; see {@link Durations}. */
  static ValueReader<Double> seconds(String least, String greatest, String reason) {
    double from = Durations.secondsOf(least);
    double to = Durations.secondsOf(greatest);
    return value -> {
      double seconds = anyDuration().read(value);
      if (seconds < from || seconds > to) {
        throw new BadValue(
            "%s is %s: %s to %s is possible, %s"
                .formatted(
                    shown(value),
                    seconds > to ? "above " + greatest : "below " + least,
                    least,
                    greatest,
                    reason));
      }
      return seconds;
    };
  }

  /** A duration in seconds with no limits of its own. */
  static ValueReader<Double> anyDuration() {
    return value ->
        switch (value) {
          case Long number -> number.doubleValue();
          case Double number when Double.isFinite(number) -> number;
          case String text -> Durations.parse(text);
          default -> throw wrongType("a number of seconds or text such as \"100 ms\"", value);
        };
  }

  /** A threshold, or the word {@code off}, which no value is above. */
  static ValueReader<Double> secondsOrOff(String least, String greatest, String reason) {
    ValueReader<Double> seconds = seconds(least, greatest, reason);
    return value ->
        "off".equals(value) ? Double.valueOf(Double.POSITIVE_INFINITY) : seconds.read(value);
  }

  static ValueReader<LocalDate> date() {
    return value -> {
      if (value instanceof LocalDate date) {
        return date;
      }
      throw wrongType("a day such as 2026-11-23, without quotes", value);
    };
  }

  /** One of the words of an enum, written in lower case with hyphens. */
  static <E extends Enum<E>> ValueReader<E> choice(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return value -> words.get(word(List.copyOf(words.keySet())).read(value));
  }

  /** One of these words. */
  static ValueReader<String> word(List<String> choices) {
    return value -> {
      String text = text().read(value);
      if (!choices.contains(text)) {
        throw new BadValue(
            "'%s' is not one of %s%s"
                .formatted(
                    text,
                    choices.stream().map(c -> '"' + c + '"').collect(Collectors.joining(", ")),
                    Suggestion.among(choices, text)));
      }
      return text;
    };
  }

  static ValueReader<ReferenceId> referenceId() {
    return value -> {
      try {
        return ReferenceId.ofText(text().read(value));
      } catch (IllegalArgumentException e) {
        throw new BadValue(e.getMessage() + " (RFC 5905, section 7.3)");
      }
    };
  }

  /** An IPv4 or IPv6 address; names are not looked up. */
  static ValueReader<InetAddress> address() {
    return value -> {
      String text = text().read(value);
      try {
        return InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException e) {
        throw new BadValue(
            "'%s' is not an IPv4 or IPv6 address; names are not looked up here".formatted(text));
      }
    };
  }

  /**
   * An IPv4 or IPv6 address, or the name of a machine, which is looked up while the service runs.
   */
  static ValueReader<String> host() {
    return value -> {
      String text = text().read(value);
      if (!HOST.matcher(text).matches() && !isAddress(text)) {
        throw new BadValue(
            "'%s' is neither an address nor the name of a machine; the port has a key of its own"
                .formatted(text));
      }
      return text;
    };
  }

  private static boolean isAddress(String text) {
    try {
      return InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A network device, such as eth0. */
  static ValueReader<String> networkDevice() {
    return value -> {
      String text = text().read(value);
      if (!DEVICE.matcher(text).matches()) {
        throw new BadValue(
            "'%s' cannot be a network device: Linux allows 1 to 15 characters without space or '/'"
                .formatted(text));
      }
      return text;
    };
  }

  /** One value, or a list of different ones in brackets. */
  static <T> ValueReader<List<T>> oneOrMore(ValueReader<T> each) {
    return value -> {
      if (!(value instanceof TomlArray array)) {
        return List.of(each.read(value));
      }
      if (array.isEmpty()) {
        throw new BadValue("the list is empty; give at least one value or remove the key");
      }
      List<T> values = new ArrayList<>();
      Set<T> seen = new HashSet<>();
      for (Object item : array.toList()) {
        T one = each.read(item);
        if (!seen.add(one)) {
          throw new BadValue("%s stands in the list twice".formatted(shown(item)));
        }
        values.add(one);
      }
      return List.copyOf(values);
    };
  }

  private static BadValue wrongType(String expected, Object found) {
    String what =
        switch (found) {
          case String text -> "the text " + shown(text);
          case Long number -> "the number " + number;
          case Double number -> "the number " + number;
          case Boolean flag -> String.valueOf(flag);
          case TomlArray array -> "a list";
          case TomlTable table -> "a table";
          default -> "the date or time " + found;
        };
    return new BadValue("expected " + expected + ", found " + what);
  }

  private static String shown(Object value) {
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }
}
