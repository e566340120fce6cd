package org.timeball.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.timeball.core.source.AssociationSettings;

/**
 * Network Time Security with a server that time is taken from.
 *
 * @param port TCP port where keys are fetched
 * @param authorities PEM file of the authorities that are believed; those of the system if empty
 */
public record NtsSourceSettings(int port, Optional<Path> authorities) {
  static final Key<Boolean> NTS = Key.of("nts", false, Values.flag());
  private static final Key<Integer> PORT =
      Key.of(
          "nts-port",
          NtsSettings.KEY_ESTABLISHMENT_PORT,
          Values.integer(1, 65_535, "the range of TCP ports"));
  private static final Key<String> AUTHORITIES = Key.of("nts-ca", Values.text());

  static final List<Key<?>> KEYS = List.of(NTS, PORT, AUTHORITIES);

  /**
   * Reads the keys of a source.
   *
   * @param version of NTP that the source is asked in
   * @param hasKey whether it is asked with a symmetric key
   */
  static Optional<NtsSourceSettings> read(Table table, int version, boolean hasKey) {
    if (!table.get(NTS)) {
      for (Key<?> idle : List.of(PORT, AUTHORITIES)) {
        if (table.has(idle.name())) {
          table.problem(
              idle.name(), "'%s' is of no use without 'nts = true'".formatted(idle.name()));
        }
      }
      return Optional.empty();
    }
    if (version != AssociationSettings.USUAL_VERSION) {
      table.problem(
          NTS.name(), "Network Time Security is for version 4 of NTP (RFC 8915, section 5)");
    }
    if (hasKey) {
      table.problem(NTS.name(), "a server is asked with a key or with nts, not with both");
    }
    return Optional.of(
        new NtsSourceSettings(table.get(PORT), table.find(AUTHORITIES).map(Path::of)));
  }
}
