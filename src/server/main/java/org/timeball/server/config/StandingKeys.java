package org.timeball.server.config;

import org.timeball.core.select.Standing;

/** The keys by which an operator says what to think of a source, whatever its kind. */
final class StandingKeys {
  static final Key<Boolean> PREFER = Key.of("prefer", false, Values.flag());
  static final Key<Boolean> TRUST = Key.of("trust", false, Values.flag());
  static final Key<Boolean> REQUIRE = Key.of("require", false, Values.flag());
  static final Key<Boolean> NOSELECT = Key.of("noselect", false, Values.flag());

  private StandingKeys() {}

  static Standing read(Table table) {
    Standing standing =
        new Standing(table.get(PREFER), table.get(TRUST), table.get(REQUIRE), table.get(NOSELECT));
    if (standing.noselect() && (standing.prefer() || standing.trust() || standing.require())) {
      table.problem(
          NOSELECT.name(),
          "noselect excludes prefer, trust and require: a source that is never followed has no"
              + " say");
    }
    return standing;
  }
}
