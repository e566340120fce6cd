package org.timeball.server.config;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

  private static final Key<Double> LABEL_LATENESS =
      Key.of(
          "label-lateness",
          Values.seconds("-1.9 s", "1.9 s", "a sentence that is later names another second"));
  private static final Key<Double> PULSE_DELAY =
      Key.of(
          "pulse-delay",
          0.0,
          Values.seconds("-400 ms", "400 ms", "half a second away it would be another second's"));
  private static final Key<Double> PULSE_UNCERTAINTY =
      Key.of(
          "pulse-uncertainty",
          1e-6,
          Values.seconds("0 s", "400 ms", "half a second away it would be another second's"));

  /** Our own keys; a driver's settings come on top. */
  static final List<Key<?>> KEYS =
      List.of(
          NAME,
          DRIVER,
          REFERENCE_ID,
          PULSE,
          LABEL_LATENESS,
          PULSE_DELAY,
          PULSE_UNCERTAINTY,
          StandingKeys.PREFER,
          StandingKeys.TRUST,
          StandingKeys.REQUIRE,
          StandingKeys.NOSELECT);

  /** A receiver's second pulse comes by this driver unless the file says otherwise. */
  private static final Key<String> PULSE_DRIVER = Key.of("driver", "pps", Values.text());

  private static final List<Key<?>> PULSE_KEYS = List.of(PULSE_DRIVER);

  private final Drivers drivers;
  private final LocalDate notBefore;
  private final UniqueNames names;
  private final Map<String, String> devices = new HashMap<>();

  /**
   * @param names of all sources, reference clocks or not
   */
  RefclockReader(Drivers drivers, LocalDate notBefore, UniqueNames names) {
    this.names = names;
    this.drivers = drivers;
    this.notBefore = notBefore;
  }

  List<RefclockSettings> readAll(List<Table> tables) {
    List<RefclockSettings> all = new ArrayList<>();
    for (Table table : tables) {
      String name = names.read(table, NAME);
      Optional<DriverChoice> driver = driver(table, name, table.require(DRIVER), KEYS);
      Optional<DriverChoice> pulse = pulse(table, name);
      Optional<Double> lateness = table.find(LABEL_LATENESS);
      ReferenceId referenceId = table.get(REFERENCE_ID);
      double delay = table.get(PULSE_DELAY);
      double uncertainty = table.get(PULSE_UNCERTAINTY);
      driver
          .map(d ->
              new RefclockSettings(
                  name,
                  referenceId,
                  d,
                  pulse,
                  lateness.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                  delay,
                  uncertainty,
                  StandingKeys.read(table)))
          .ifPresent(all::add);
    }
    return List.copyOf(all);
  }

  private Optional<DriverChoice> pulse(Table table, String name) {
    if (!table.has(PULSE.name())) {
      return Optional.empty();
    }
    Optional<Table> inner = table.table(PULSE.name());
    Optional<DriverChoice> choice =
        inner.flatMap(
            pulse -> driver(pulse, name, Optional.of(pulse.get(PULSE_DRIVER)), PULSE_KEYS));
    choice
        .filter(pulse -> !(pulse.line() instanceof LineNeed.Pulses))
        .ifPresent(pulse ->
            table.problem(
                PULSE.name(),
                "the driver '%s' does not read pulses".formatted(pulse.provider().name())));
    return choice;
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
    Optional<String> device =
        switch (line) {
          case LineNeed.Serial serial -> Optional.of(serial.device());
          case LineNeed.Pulses pulses -> Optional.of(pulses.device());
          case LineNeed.Modem modem -> cannotOpen(table, name, "a modem");
          case LineNeed.Socket socket -> cannotOpen(table, name, "a socket");
          case LineNeed.SharedMemory memory -> cannotOpen(table, name, "shared memory");
        };
    String owner = device.map(d -> devices.putIfAbsent(d, name)).orElse(null);
    if (owner != null) {
      table.problem(
          "reference clock '%s' asks for %s, which '%s' has already; each would get half of what it says"
              .formatted(name, device.get(), owner));
    }
  }

  private static Optional<String> cannotOpen(Table table, String name, String what) {
    table.problem(
        "reference clock '%s' needs %s, which this version cannot open yet".formatted(name, what));
    return Optional.empty();
  }
}
