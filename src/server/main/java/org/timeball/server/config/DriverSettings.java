package org.timeball.server.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.timeball.spi.Settings;

/**
 * The values for one driver, checked against what it declared.
 *
 * @param name the reference clock's name
 * @param notBefore the day before which no time can be true
 * @param values by key; an optional setting that is absent is an empty Optional
 */
record DriverSettings(String name, LocalDate notBefore, Map<String, Optional<Object>> values)
    implements Settings {

  @Override
  public Optional<String> text(String key) {
    return value(key).map(value -> cast(key, value, String.class));
  }

  @Override
  public long integer(String key) {
    return required(key, Long.class);
  }

  @Override
  public double duration(String key) {
    return required(key, Double.class);
  }

  @Override
  public boolean flag(String key) {
    return required(key, Boolean.class);
  }

  @Override
  public List<Integer> integers(String key) {
    return list(key, Integer.class);
  }

  @Override
  public List<String> texts(String key) {
    return list(key, String.class);
  }

  private <T> List<T> list(String key, Class<T> type) {
    List<?> items = value(key).map(value -> cast(key, value, List.class)).orElse(List.of());
    return items.stream().map(item -> cast(key, item, type)).toList();
  }

  private <T> T required(String key, Class<T> type) {
    return value(key)
        .map(value -> cast(key, value, type))
        .orElseThrow(() ->
            new IllegalArgumentException("setting '" + key + "' has neither value nor default"));
  }

  private Optional<Object> value(String key) {
    Optional<Object> value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the driver did not declare the setting '" + key + "'");
    }
    return value;
  }

  private static <T> T cast(String key, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "setting '%s' was declared as another type than %s".formatted(key, type.getSimpleName()));
    }
    return type.cast(value);
  }
}
