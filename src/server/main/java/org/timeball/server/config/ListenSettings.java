package org.timeball.server.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.timeball.core.leap.Smear;
import org.timeball.core.server.Passive;

/**
 * A table {@code [[listen]]}: where requests are answered.
 *
 * @param name its id in status, logs and commands
 * @param addresses to bind; the wildcard addresses by default
 * @param port UDP port
 * @param device network device or VRF to be bound to
 * @param differentiatedServices the DSCP of replies, 0 to 63
 * @param nts whether requests without Network Time Security are answered
 * @param access who may ask, and how often
 * @param keys identifiers of the keys that are accepted; all of the key file if empty
 * @param interleaved whether clients may use the interleaved mode (RFC 9769)
 * @param passive whether peers are answered that nobody configured
 * @param smear how leap seconds are spread for its clients, if they are
 */
public record ListenSettings(
    String name,
    List<InetAddress> addresses,
    int port,
    Optional<String> device,
    int differentiatedServices,
    NtsUse nts,
    AccessSettings access,
    Optional<List<Integer>> keys,
    boolean interleaved,
    Passive passive,
    Optional<Smear> smear) {
  /** The port of NTP (RFC 5905, section 7.2). */
  public static final int NTP_PORT = 123;

  /** Expedited forwarding, which queues time ahead of bulk traffic. */
  private static final int EXPEDITED_FORWARDING = 46;

  private static final List<InetAddress> EVERYWHERE =
      List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"));

  private static final Key<String> NAME = Key.of("name", Values.name());
  private static final Key<List<InetAddress>> ADDRESS =
      Key.of("address", EVERYWHERE, Values.oneOrMore(Values.address()));
  private static final Key<Integer> PORT =
      Key.of("port", NTP_PORT, Values.integer(1, 65_535, "the range of UDP ports"));
  private static final Key<String> DEVICE = Key.of("device", Values.networkDevice());
  private static final Key<Integer> DSCP =
      Key.of("dscp", EXPEDITED_FORWARDING, Values.integer(0, 63, "the field has 6 bits"));

  private static final Key<NtsUse> NTS = Key.of("nts", NtsUse.OFFERED, Values.choice(NtsUse.class));
  private static final Key<Passive> PASSIVE =
      Key.of("passive", Passive.KEYED, Values.choice(Passive.class));

  private static final Key<String> ACCESS =
      Key.of("access", AccessSettings.DEFAULT_NAME, Values.name());
  private static final Key<List<Integer>> KEYS_ACCEPTED =
      Key.of("keys", Values.oneOrMore(KeySettings.identifier()));
  private static final Key<Boolean> INTERLEAVED = Key.of("interleaved", true, Values.flag());

  private static final List<Key<?>> OWN_KEYS =
      List.of(NAME, ADDRESS, PORT, DEVICE, DSCP, NTS, ACCESS, KEYS_ACCEPTED, INTERLEAVED, PASSIVE);

  static final List<Key<?>> KEYS =
      Stream.concat(OWN_KEYS.stream(), SmearSettings.KEYS.stream()).toList();

  /** What holds when the file has no {@code [[listen]]}: the NTP port of every address. */
  private static ListenSettings everywhere(AccessSettings access, Optional<Smear> smear) {
    return new ListenSettings(
        "all",
        EVERYWHERE,
        NTP_PORT,
        Optional.empty(),
        EXPEDITED_FORWARDING,
        NtsUse.OFFERED,
        access,
        Optional.empty(),
        true,
        smear.isPresent() ? Passive.OFF : Passive.KEYED,
        smear);
  }

  static List<ListenSettings> readAll(
      List<Table> tables,
      boolean ntsServed,
      Map<String, AccessSettings> access,
      KeySettings keys,
      Optional<Smear> usualSmear) {
    if (tables.isEmpty()) {
      return List.of(everywhere(access.get(AccessSettings.DEFAULT_NAME), usualSmear));
    }
    UniqueNames names = new UniqueNames("listener");
    List<ListenSettings> all = new ArrayList<>();
    for (Table table : tables) {
      table.refuseAllBut(KEYS);
      String name = names.read(table, NAME);
      Optional<Smear> smear = SmearSettings.read(table, usualSmear);
      ListenSettings one =
          new ListenSettings(
              name,
              table.get(ADDRESS),
              table.get(PORT),
              table.find(DEVICE),
              table.get(DSCP),
              table.get(NTS),
              access(table, access),
              table.find(KEYS_ACCEPTED),
              table.get(INTERLEAVED),
              passive(table, smear),
              smear);
      one.keys.ifPresent(ids -> keys.refuseUnknown(table, KEYS_ACCEPTED.name(), ids));
      if (one.nts == NtsUse.REQUIRED && !ntsServed) {
        table.problem(
            NTS.name(),
            "nts: '%s' would answer nobody: NTS is required here, but there is no table [nts] to give out keys"
                .formatted(name));
      }
      for (ListenSettings other : all) {
        if (other.sharesSocketWith(one)) {
          table.problem(
              "listener '%s' asks for an address and port that listener '%s' has already"
                  .formatted(name, other.name));
        }
      }
      all.add(one);
    }
    return List.copyOf(all);
  }

  /** Between peers time flows both ways, and time with a leap second spread in it must not. */
  private static Passive passive(Table table, Optional<Smear> smear) {
    if (smear.isEmpty()) {
      return table.get(PASSIVE);
    }
    if (table.has(PASSIVE.name()) && table.get(PASSIVE) != Passive.OFF) {
      table.problem(
          PASSIVE.name(),
          "passive: leap seconds are spread here, and peers would follow that beside servers that"
              + " do not; write \"off\", or smear = \"off\"");
    }
    return Passive.OFF;
  }

  private static AccessSettings access(Table table, Map<String, AccessSettings> lists) {
    String name = table.get(ACCESS);
    AccessSettings found = lists.get(name);
    if (found == null) {
      table.problem(
          ACCESS.name(),
          "there is no table [[access]] named '%s'%s"
              .formatted(name, Suggestion.among(List.copyOf(lists.keySet()), name)));
      return AccessSettings.DEFAULT;
    }
    return found;
  }

  /**
   * Notes a mistake if there is no listener of that name, or if it shows its clients alone what is
   * not UTC.
   *
   * @param listener empty if any will do
   */
  static void refuseUnfit(
      Table table, Key<String> key, Optional<String> listener, List<ListenSettings> listeners) {
    List<ListenSettings> possible =
        listeners.stream()
            .filter(l -> listener.isEmpty() || l.name.equals(listener.get()))
            .toList();
    if (possible.isEmpty()) {
      table.problem(
          key.name(),
          listener.isEmpty()
              ? "this needs a listener, and a client has none"
              : "there is no listener '%s'".formatted(listener.get()));
    }
    possible.stream()
        .filter(l -> l.smear.isPresent())
        .findFirst()
        .ifPresent(l ->
            table.problem(
                key.name(),
                "listener '%s' spreads leap seconds, for its clients alone; name another by '%s'"
                    .formatted(l.name, key.name())));
  }

  private boolean sharesSocketWith(ListenSettings other) {
    return port == other.port
        && device.equals(other.device)
        && addresses.stream().anyMatch(other.addresses::contains);
  }
}
