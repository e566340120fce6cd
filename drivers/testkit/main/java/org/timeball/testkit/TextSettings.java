package org.timeball.testkit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.timeball.spi.Setting;
import org.timeball.spi.Settings;

/**
 * A driver's settings from words, checked against what the driver declares, as the daemon does with
 * its configuration file. A list is written with commas. A required setting that is not given is an
 * empty text: a recording needs no device.
 */
public final class TextSettings implements Settings {
  private static final Pattern DURATION = Pattern.compile("([0-9.]+)\\s*(s|ms|us|µs|ns|min|h)?");

  private final List<Setting> declared;
  private final Map<String, String> values;
  private final LocalDate notBefore;

  /**
   * @throws IllegalArgumentException if a key is not declared or a value does not fit its type
   */
  public TextSettings(List<Setting> declared, Map<String, String> values, LocalDate notBefore) {
    this.declared = List.copyOf(declared);
    this.values = Map.copyOf(values);
    this.notBefore = notBefore;
    values.keySet().forEach(this::check);
  }

  private void check(String key) {
    Setting setting = find(key);
    switch (setting.type()) {
      case TEXT, TEXTS -> {}
      case INTEGER -> integer(key);
      case DURATION -> duration(key);
      case BOOLEAN -> flag(key);
      case DATE -> LocalDate.parse(written(setting));
      case INTEGERS -> integers(key);
      case CHOICE -> {
        if (!setting.choices().contains(written(setting))) {
          throw new IllegalArgumentException(
              key + ": '" + written(setting) + "' is none of " + setting.choices());
        }
      }
    }
  }

  private Setting find(String key) {
    return declared.stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no setting '"
                    + key
                    + "'; there are "
                    + declared.stream().map(Setting::key).toList()));
  }

  private Setting find(String key, Setting.Type type) {
    Setting setting = find(key);
    if (setting.type() != type) {
      throw new IllegalArgumentException(
          "setting '" + key + "' is declared " + setting.type() + ", not " + type);
    }
    return setting;
  }

  private String written(Setting setting) {
    String value = values.getOrDefault(setting.key(), setting.defaultValue());
    return value == null ? "" : value;
  }

  @Override
  public String name() {
    return "clock0";
  }

  @Override
  public LocalDate notBefore() {
    return notBefore;
  }

  @Override
  public Optional<String> text(String key) {
    return Optional.of(written(find(key))).filter(value -> !value.isEmpty());
  }

  @Override
  public long integer(String key) {
    String value = written(find(key, Setting.Type.INTEGER));
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + ": '" + value + "' is no whole number", e);
    }
  }

  @Override
  public double duration(String key) {
    String value = written(find(key, Setting.Type.DURATION));
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          key + ": '" + value + "' is no duration such as 100 ms or 2 s");
    }
    double unit =
        switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
          case "ms" -> 1e-3;
          case "us", "µs" -> 1e-6;
          case "ns" -> 1e-9;
          case "min" -> 60;
          case "h" -> 3600;
          default -> 1;
        };
    return Double.parseDouble(matcher.group(1)) * unit;
  }

  @Override
  public boolean flag(String key) {
    String value = written(find(key, Setting.Type.BOOLEAN));
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(key + ": '" + value + "' is neither true nor false");
    }
    return value.equals("true");
  }

  @Override
  public List<Integer> integers(String key) {
    List<Integer> result = new ArrayList<>();
    for (String item : items(written(find(key, Setting.Type.INTEGERS)))) {
      try {
        result.add(Integer.valueOf(item));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(key + ": '" + item + "' is no whole number", e);
      }
    }
    return result;
  }

  @Override
  public List<String> texts(String key) {
    return items(written(find(key, Setting.Type.TEXTS)));
  }

  private static List<String> items(String list) {
    List<String> result = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      if (!item.isBlank()) {
        result.add(item.strip());
      }
    }
    return result;
  }
}
