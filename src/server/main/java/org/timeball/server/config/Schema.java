package org.timeball.server.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every table of the file with its keys. */
final class Schema {
  /** By the table's name, in the order of {@code docs/configuration.md}. */
  static final Map<String, List<Key<?>>> TABLES;

  static {
    Map<String, List<Key<?>>> tables = new LinkedHashMap<>();
    tables.put("clock", ClockSettings.KEYS);
    tables.put("listen", ListenSettings.KEYS);
    tables.put("access", AccessSettings.KEYS);
    tables.put("refclock", RefclockReader.KEYS);
    tables.put("source", SourceSettings.KEYS);
    tables.put("broadcast", BroadcastSettings.KEYS);
    tables.put("manycast", ManycastSettings.KEYS);
    tables.put("local", RoleSettings.LOCAL_KEYS);
    tables.put("standby", RoleSettings.STANDBY_KEYS);
    tables.put("keys", KeySettings.KEYS);
    tables.put("nts", NtsSettings.KEYS);
    tables.put("state", StateSettings.KEYS);
    tables.put("leap", LeapSettings.KEYS);
    tables.put("control", ControlSettings.KEYS);
    tables.put("log", LogSettings.KEYS);
    tables.put("scheduling", SchedulingSettings.KEYS);
    tables.put("gpio", GpioSettings.KEYS);
    TABLES = Collections.unmodifiableMap(tables);
  }

  private Schema() {}

  /** The keys of the file itself: its tables, and the role beside them. */
  static List<Key<?>> rootKeys() {
    List<Key<?>> keys = new ArrayList<>();
    TABLES.keySet().forEach(name -> keys.add(Key.of(name, value -> value)));
    keys.add(RoleSettings.ROLE);
    return keys;
  }
}
