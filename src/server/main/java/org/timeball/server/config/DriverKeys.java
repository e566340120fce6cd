package org.timeball.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.timeball.spi.Setting;

/** A driver's declared setting as a key of the file. */
final class DriverKeys {
  private DriverKeys() {}

  static boolean isRequired(Setting setting) {
    return setting.defaultValue() == null;
  }

  static Key<Object> of(Setting setting) {
    ValueReader<?> reader = reader(setting);
    return new Key<>(setting.key(), reader::read, fallback(setting).orElse(null), "");
  }

  private static ValueReader<?> reader(Setting setting) {
    return switch (setting.type()) {
      case TEXT -> Values.text();
      case INTEGER -> Values.anyInteger();
      case DURATION -> Values.anyDuration();
      case BOOLEAN -> Values.flag();
      case DATE -> value -> Values.date().read(value).toString();
      case INTEGERS ->
          Values.oneOrMore(
              Values.integer(Integer.MIN_VALUE, Integer.MAX_VALUE, "a whole number of 32 bits"));
      case TEXTS -> Values.oneOrMore(Values.text());
      case CHOICE -> Values.word(setting.choices());
    };
  }

  /** The default as a value; the driver's author wrote it as it would stand in the file. */
  private static Optional<Object> fallback(Setting setting) {
    String text = setting.defaultValue();
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (setting.type()) {
          case TEXT, DATE, CHOICE -> text;
          case INTEGER -> Long.valueOf(text);
          case DURATION -> seconds(text);
          case BOOLEAN -> Boolean.valueOf(text);
          case INTEGERS -> words(text).stream().map(Integer::valueOf).toList();
          case TEXTS -> words(text);
        });
  }

  private static Double seconds(String text) {
    return Character.isLetter(text.charAt(text.length() - 1))
        ? Durations.secondsOf(text)
        : Double.parseDouble(text);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).toList();
  }
}
