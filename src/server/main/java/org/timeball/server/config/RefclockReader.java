package org.timeball.server.config;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Setting;
import org.timeball.time.ReferenceId;

/** Reads the tables {@code [[refclock]]}, in which a driver's own settings stand beside ours. */
final class RefclockReader {
  private static final Key<String> NAME = Key.of("name", Values.name());
  private static final Key<String> DRIVER = Key.of("driver", Values.text());
  private static final Key<ReferenceId> REFERENCE_ID =
      Key.of("reference-id", ReferenceId.ofText("GPS"), Values.referenceId());
  private static final Key<Object> PULSE = Key.of("pulse", value -> value);

  /** Our own keys; a driver's settings come on top. */
  static final List<Key<?>> KEYS =
      List.of(
          NAME,
          DRIVER,
          REFERENCE_ID,
          PULSE,
          Key.planned("prefer", "preferring a source"),
          Key.planned("trust", "a source that others cannot outvote"),
          Key.planned("require", "a source without which time is not served"),
          Key.planned("noselect", "watching a source without following it"));

  /** A receiver's second pulse comes by this driver unless the file says otherwise. */
  private static final Key<String> PULSE_DRIVER = Key.of("driver", "pps", Values.text());

  private final Drivers drivers;
  private final LocalDate notBefore;
  private final UniqueNames names = new UniqueNames("reference clock");
  private final Map<String, String> devices = new HashMap<>();

  RefclockReader(Drivers drivers, LocalDate notBefore) {
    this.drivers = drivers;
    this.notBefore = notBefore;
  }

  List<RefclockSettings> readAll(List<Table> tables) {
    List<RefclockSettings> all = new ArrayList<>();
    for (Table table : tables) {
      String name = names.read(table, NAME);
      Optional<DriverChoice> driver = driver(table, name, table.require(DRIVER), KEYS);
      Optional<DriverChoice> pulse =
          table.has(PULSE.name())
              ? table
                  .table(PULSE.name())
                  .flatMap(t ->
                      driver(
                          t, name, Optional.ofNullable(t.get(PULSE_DRIVER)), List.of(PULSE_DRIVER)))
              : Optional.empty();
      ReferenceId referenceId = table.get(REFERENCE_ID);
      driver.ifPresent(d -> all.add(new RefclockSettings(name, referenceId, d, pulse)));
    }
    return List.copyOf(all);
  }

  private Optional<DriverChoice> driver(
      Table table, String name, Optional<String> word, List<Key<?>> ours) {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<DriverProvider> provider = drivers.find(word.get());
    if (provider.isEmpty()) {
      table.problem(
          DRIVER.name(),
          "no driver '%s' is installed%s; there are %s"
              .formatted(
                  word.get(),
                  Suggestion.among(drivers.names(), word.get()),
                  String.join(", ", drivers.names())));
      return Optional.empty();
    }
    DriverSettings settings = settings(table, name, provider.get(), ours);
    try {
      LineNeed line = provider.get().line(settings);
      claim(table, line, name);
      return Optional.of(new DriverChoice(provider.get(), settings, line));
    } catch (IllegalArgumentException e) {
      table.problem("reference clock '%s': %s".formatted(name, e.getMessage()));
      return Optional.empty();
    }
  }

  private DriverSettings settings(
      Table table, String name, DriverProvider provider, List<Key<?>> ours) {
    List<Key<?>> known = new ArrayList<>(ours);
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    for (Setting setting : provider.settings()) {
      Key<Object> key = DriverKeys.of(setting);
      known.add(key);
      values.put(
          setting.key(), DriverKeys.isRequired(setting) ? table.require(key) : table.find(key));
    }
    table.refuseAllBut(known);
    return new DriverSettings(name, notBefore, values);
  }

  /** Two readers of one device would each get half of what it says. */
  private void claim(Table table, LineNeed line, String name) {
    String device =
        switch (line) {
          case LineNeed.Serial serial -> serial.device();
          case LineNeed.Pulses pulses -> pulses.device();
          case LineNeed.Modem modem -> modem.device();
          case LineNeed.Socket socket -> "";
          case LineNeed.SharedMemory memory -> "shared memory " + memory.key();
        };
    String owner = device.isEmpty() ? null : devices.putIfAbsent(device, name);
    if (owner != null) {
      table.problem(
          "reference clock '%s' asks for %s, which '%s' has already; each would get half of what it says"
              .formatted(name, device, owner));
    }
  }
}
