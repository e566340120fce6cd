package org.timeball.server.config;

import java.util.HashMap;
import java.util.Map;

/** Sees to it that a name means one thing only. */
final class UniqueNames {
  private final String what;
  private final Map<String, Integer> lines = new HashMap<>();

  /**
   * A set of names that is empty yet.
   *
   * @param what a noun for messages, such as "listener"
   */
  UniqueNames(String what) {
    this.what = what;
  }

  /** The table's name; a stand-in after a mistake was noted. */
  String read(Table table, Key<String> key) {
    String name = table.require(key).orElse("");
    Integer earlier = name.isEmpty() ? null : lines.putIfAbsent(name, table.line());
    if (earlier != null) {
      table.problem(
          key.name(),
          "there is a %s '%s' in line %d already; a name is its id in status, logs and commands"
              .formatted(what, name, earlier));
    }
    return name;
  }
}
