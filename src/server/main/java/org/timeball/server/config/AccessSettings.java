package org.timeball.server.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.timeball.core.server.AccessList;
import org.timeball.core.server.AccessList.Verdict;
import org.timeball.core.server.AccessPolicy;
import org.timeball.core.server.AccessPolicy.Refusal;
import org.timeball.core.server.ClientTable;
import org.timeball.core.server.Prefix;
import org.timeball.core.server.RateLimit;

/**
 * A table {@code [[access]]}: who may ask, and how often.
 *
 * @param name by which listeners choose it
 * @param rules the longest prefix that holds a client decides
 * @param otherwise what is done with clients that no prefix holds
 * @param refusal what those hear that are denied
 * @param limit the pace of those that are limited
 * @param clients how many of these are remembered at once
 * @param peers who may ask as a peer that nobody configured, of those that may ask
 */
public record AccessSettings(
    String name,
    List<Rule> rules,
    Verdict otherwise,
    Refusal refusal,
    RateLimit limit,
    int clients,
    Peers peers) {
  /** What is done with the clients of one prefix. */
  public record Rule(Prefix prefix, Verdict verdict) {}

  /**
   * Who may ask as a peer.
   *
   * @param rules the longest prefix that holds a peer decides
   * @param otherwise what is done with peers that no prefix holds
   */
  public record Peers(List<Rule> rules, Verdict otherwise) {
    static final Peers ALL = new Peers(List.of(), Verdict.ALLOW);

    public Peers {
      rules = List.copyOf(rules);
    }
  }

  /** Peers are few: no pace is set for them beside that of all clients. */
  private enum PeerVerdict {
    ALLOW,
    DENY
  }

  /** Name of the list that listeners go by which name none. */
  static final String DEFAULT_NAME = "default";

  /** Chosen: half a mebibyte for each socket. */
  private static final int USUAL_CLIENTS = 16_384;

  /** 32 MiB for each socket; the whole service is to stay below 100. */
  private static final int MOST_CLIENTS = 1 << 20;

  private static final double NANOS_PER_SECOND = 1e9;

  private static final Key<String> NAME = Key.of("name", Values.name());
  private static final Key<List<Prefix>> ALLOW = prefixes("allow");
  private static final Key<List<Prefix>> LIMIT = prefixes("limit");
  private static final Key<List<Prefix>> DENY = prefixes("deny");
  private static final Key<Verdict> OTHERWISE = Key.of("otherwise", Values.choice(Verdict.class));
  private static final Key<Refusal> REFUSAL =
      Key.of("refusal", Refusal.SILENT, Values.choice(Refusal.class));
  private static final Key<Double> INTERVAL =
      Key.of(
          "interval",
          RateLimit.DEFAULT.intervalNanos() / NANOS_PER_SECOND,
          Values.seconds("1 ms", "1 h", "between a thousand a second and hardly any"));
  private static final Key<Integer> BURST =
      Key.of(
          "burst", RateLimit.DEFAULT.burst(), Values.integer(1, 1_000, "more would be no limit"));
  private static final Key<Double> KISS_INTERVAL =
      Key.of(
          "kiss-interval",
          RateLimit.DEFAULT.kissIntervalNanos() / NANOS_PER_SECOND,
          Values.seconds("0 s", "1 h", "0 is for no kisses at all"));
  private static final Key<Integer> KISSES_PER_SECOND =
      Key.of(
          "kisses-per-second",
          RateLimit.DEFAULT.kissesPerSecond(),
          Values.integer(0, 10_000, "0 is for no kisses at all"));
  private static final Key<Integer> IPV6_PREFIX =
      Key.of(
          "ipv6-prefix",
          RateLimit.DEFAULT.ipv6PrefixLength(),
          Values.integer(1, 128, "bits of an address"));
  private static final Key<Integer> CLIENTS =
      Key.of(
          "clients",
          USUAL_CLIENTS,
          Values.integer(
              ClientTable.LEAST_CLIENTS, MOST_CLIENTS, "each takes 32 octets for each socket"));

  private static final Key<Object> PEER = Key.of("peer", value -> value);
  private static final Key<PeerVerdict> PEER_OTHERWISE =
      Key.of("otherwise", Values.choice(PeerVerdict.class));
  private static final List<Key<?>> PEER_KEYS = List.of(ALLOW, DENY, PEER_OTHERWISE);

  static final List<Key<?>> KEYS =
      List.of(
          NAME,
          ALLOW,
          LIMIT,
          DENY,
          OTHERWISE,
          REFUSAL,
          INTERVAL,
          BURST,
          KISS_INTERVAL,
          KISSES_PER_SECOND,
          IPV6_PREFIX,
          CLIENTS,
          PEER,
          Key.planned("status", "asking for the status over the network"));

  /**
   * Holds where the file has no list of that name: everybody is answered, and held to a pace if the
   * request came over the Internet. Addresses that the Internet does not carry are those of this
   * machine, of its network and of measurements; there many clients may stand behind one address,
   * requests may come in thousands, and whoever is a nuisance can be found.
   */
  static final AccessSettings DEFAULT =
      new AccessSettings(
          DEFAULT_NAME,
          List.of(
              local("127.0.0.0/8"),
              local("10.0.0.0/8"),
              local("172.16.0.0/12"),
              local("192.168.0.0/16"),
              local("169.254.0.0/16"),
              local("198.18.0.0/15"),
              local("::1"),
              local("fc00::/7"),
              local("fe80::/10")),
          Verdict.LIMIT,
          Refusal.SILENT,
          RateLimit.DEFAULT,
          USUAL_CLIENTS,
          Peers.ALL);

  public AccessSettings {
    rules = List.copyOf(rules);
  }

  private static Key<List<Prefix>> prefixes(String name) {
    return Key.of(name, List.of(), Values.oneOrMore(Prefixes.reader()));
  }

  private static Rule local(String prefix) {
    return new Rule(Prefixes.of(prefix), Verdict.ALLOW);
  }

  /** All lists of the file by their names; the default is among them in any case. */
  static Map<String, AccessSettings> readAll(List<Table> tables) {
    UniqueNames names = new UniqueNames("access list");
    Map<String, AccessSettings> all = new HashMap<>();
    all.put(DEFAULT_NAME, DEFAULT);
    for (Table table : tables) {
      table.refuseAllBut(KEYS);
      String name = names.read(table, NAME);
      Optional<Verdict> otherwise = table.require(OTHERWISE);
      all.put(
          name,
          new AccessSettings(
              name,
              rules(table),
              otherwise.orElse(Verdict.DENY),
              table.get(REFUSAL),
              new RateLimit(
                  nanos(table.get(INTERVAL)),
                  table.get(BURST),
                  nanos(table.get(KISS_INTERVAL)),
                  table.get(KISSES_PER_SECOND),
                  table.get(IPV6_PREFIX)),
              table.get(CLIENTS),
              table.table(PEER.name()).map(AccessSettings::peers).orElse(Peers.ALL)));
    }
    return all;
  }

  private static List<Rule> rules(Table table) {
    List<Rule> rules = new ArrayList<>();
    Map<Prefix, String> seen = new HashMap<>();
    addRules(rules, seen, table, ALLOW, Verdict.ALLOW);
    addRules(rules, seen, table, LIMIT, Verdict.LIMIT);
    addRules(rules, seen, table, DENY, Verdict.DENY);
    return rules;
  }

  private static Peers peers(Table table) {
    table.refuseAllBut(PEER_KEYS);
    List<Rule> rules = new ArrayList<>();
    Map<Prefix, String> seen = new HashMap<>();
    addRules(rules, seen, table, ALLOW, Verdict.ALLOW);
    addRules(rules, seen, table, DENY, Verdict.DENY);
    Optional<PeerVerdict> otherwise = table.require(PEER_OTHERWISE);
    return new Peers(
        rules,
        otherwise.filter(PeerVerdict.ALLOW::equals).isPresent() ? Verdict.ALLOW : Verdict.DENY);
  }

  private static void addRules(
      List<Rule> rules,
      Map<Prefix, String> seen,
      Table table,
      Key<List<Prefix>> key,
      Verdict verdict) {
    for (Prefix prefix : table.get(key)) {
      String earlier = seen.putIfAbsent(prefix, key.name());
      if (earlier != null) {
        table.problem(
            key.name(),
            "%s: %s stands in '%s' too; it can be in one of them only"
                .formatted(key.name(), Prefixes.text(prefix), earlier));
      }
      rules.add(new Rule(prefix, verdict));
    }
  }

  /** A list that no listener goes by is a mistake: somebody believes that it holds. */
  static void refuseUnused(List<Table> tables, List<ListenSettings> listeners) {
    for (Table table : tables) {
      String name = table.find(NAME).orElse(DEFAULT_NAME);
      if (listeners.stream().noneMatch(listener -> listener.access().name.equals(name))) {
        table.problem(
            NAME.name(),
            "no listener goes by the access list '%s': write access = \"%s\" in [[listen]], or remove it"
                .formatted(name, name));
      }
    }
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS_PER_SECOND);
  }

  /** What responders go by. */
  public AccessPolicy policy() {
    return new AccessPolicy(
        list(rules, otherwise),
        list(peers.rules(), peers.otherwise()),
        refusal,
        limit,
        powerOfTwo(clients));
  }

  private static AccessList list(List<Rule> rules, Verdict otherwise) {
    AccessList.Builder list = new AccessList.Builder(otherwise);
    rules.forEach(rule -> list.add(rule.prefix(), rule.verdict()));
    return list.build();
  }

  /** The least that is not smaller: the table needs one. */
  private static int powerOfTwo(int number) {
    return number == 1 ? 1 : Integer.highestOneBit(number - 1) << 1;
  }
}
