package org.timeball.server.config;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.timeball.spi.DriverProvider;

/** The drivers that are installed, by the word that selects each. */
public final class Drivers {
  private final Map<String, DriverProvider> byName;

  /**
   * Takes every driver that was found.
   *
   * @throws IllegalArgumentException if two drivers claim the same word
   */
  public Drivers(Iterable<DriverProvider> providers) {
    Map<String, DriverProvider> found = new TreeMap<>();
    for (DriverProvider provider : providers) {
      DriverProvider other = found.putIfAbsent(provider.name(), provider);
      if (other != null) {
        throw new IllegalArgumentException(
            "two installed drivers are called '%s': %s and %s; remove one of their jars"
                .formatted(
                    provider.name(), other.getClass().getName(), provider.getClass().getName()));
      }
    }
    byName = Collections.unmodifiableMap(found);
  }

  public Optional<DriverProvider> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<DriverProvider> all() {
    return byName.values();
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }
}
