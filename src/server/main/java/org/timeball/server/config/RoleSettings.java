package org.timeball.server.config;

import java.util.List;
import java.util.Optional;
import org.timeball.core.brain.Role;

/**
 * The key {@code role} and the tables {@code [local]} and {@code [standby]}: a server's place among
 * others.
 */
final class RoleSettings {
  private static final String STANDBY = "standby";
  static final String CLIENT = "client";

  static final Key<String> ROLE =
      Key.of("role", "server", Values.word(List.of("server", CLIENT, STANDBY)));

  private static final Key<Integer> STRATUM =
      Key.of("stratum", 10, Values.integer(1, 15, "the strata of servers"));
  private static final Key<Boolean> ORPHAN = Key.of("orphan", false, Values.flag());
  private static final Key<Double> WAIT =
      Key.of("wait", 300.0, Values.seconds("0 s", "1 d", "so that sources have their chance"));

  static final List<Key<?>> LOCAL_KEYS = List.of(STRATUM, ORPHAN, WAIT);

  private static final Key<String> PARTNER = Key.of("partner", Values.name());
  private static final Key<Double> FAILED_ABOVE =
      Key.of(
          "failed-above",
          10e-3,
          Values.seconds("10 us", "1.5 s", "the root distance above which nobody is followed"));

  static final List<Key<?>> STANDBY_KEYS = List.of(PARTNER, FAILED_ABOVE);

  /** A partner that is asked less often than every 64 s would be missed too late. */
  private static final int LONGEST_POLL = 6;

  private RoleSettings() {}

  static Role read(Table root, String role, List<SourceSettings> sources) {
    Optional<Table> local = root.table("local");
    local.ifPresent(table -> table.refuseAllBut(LOCAL_KEYS));
    return new Role(
        local.map(table -> new Role.Local(table.get(STRATUM), table.get(ORPHAN), table.get(WAIT))),
        standby(root, role.equals(STANDBY), sources));
  }

  private static Optional<Role.Standby> standby(
      Table root, boolean standby, List<SourceSettings> sources) {
    Optional<Table> found = root.table(STANDBY);
    found.ifPresent(table -> table.refuseAllBut(STANDBY_KEYS));
    if (standby && found.isEmpty()) {
      root.problem(
          ROLE.name(),
          "a standby unit has a partner: name its [[source]] by the key 'partner' of a table"
              + " [standby]");
    }
    if (!standby && found.isPresent()) {
      found.get().problem("this is for a standby unit: write role = \"standby\" above all tables");
    }
    if (!standby || found.isEmpty()) {
      return Optional.empty();
    }
    Table table = found.get();
    String partner = table.require(PARTNER).orElse("");
    sources.stream()
        .filter(s -> s.name().equals(partner))
        .findFirst()
        .ifPresentOrElse(
            source -> refuseUnfit(table, source),
            () -> {
              if (!partner.isEmpty()) {
                table.problem(
                    PARTNER.name(),
                    "there is no [[source]] '%s'%s"
                        .formatted(
                            partner,
                            Suggestion.among(
                                sources.stream().map(SourceSettings::name).toList(), partner)));
              }
            });
    return Optional.of(new Role.Standby(partner, table.get(FAILED_ABOVE)));
  }

  private static void refuseUnfit(Table table, SourceSettings source) {
    if (source.isPool()) {
      table.problem(
          PARTNER.name(),
          "'%s' is many servers, and a partner is one server".formatted(source.name()));
    }
    if (source.standing().noselect()) {
      table.problem(
          PARTNER.name(), "'%s' is marked noselect, so never followed".formatted(source.name()));
    }
    if (source.maximumPoll() > LONGEST_POLL) {
      table.problem(
          PARTNER.name(),
          "'%s' may be asked as seldom as every %d s, and its failure would be seen after eight"
                  .formatted(source.name(), 1 << source.maximumPoll())
              + " times that; write max-poll = 6, or less, in its table");
    }
  }
}
