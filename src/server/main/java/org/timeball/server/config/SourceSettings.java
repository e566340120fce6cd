package org.timeball.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSettings;

/**
 * A table {@code [[source]]}: a server on the network that time is taken from, a pool of them, a
 * peer, a network on which servers send unasked, or a group in which servers are searched.
 *
 * @param name its id in status, logs and commands
 * @param address IPv4 or IPv6 address, or a name that is looked up while the service runs; of a
 *     network the address that is for all
 * @param port UDP port
 * @param minimumPoll log2 of the shortest interval between requests in seconds
 * @param maximumPoll log2 of the longest
 * @param hurried whether a start takes a burst of requests
 * @param version of NTP in requests
 * @param keyId identifier of the key that requests and replies are sealed with; 0 for none
 * @param nts Network Time Security, if it is asked with it
 * @param bursts whether each interval takes a burst of requests
 * @param interleaved whether the interleaved mode is tried (RFC 9769)
 * @param standing what the operator thinks of it
 * @param poolSize how many servers of a pool are asked, or of a network followed; 0 for one server
 * @param peer present if it is a peer
 * @param network present if it is a network, or a group
 * @param searched whether servers are searched in that group, and do not send unasked
 */
public record SourceSettings(
    String name,
    String address,
    int port,
    int minimumPoll,
    int maximumPoll,
    boolean hurried,
    int version,
    int keyId,
    Optional<NtsSourceSettings> nts,
    boolean bursts,
    boolean interleaved,
    Standing standing,
    int poolSize,
    Optional<PeerSettings> peer,
    Optional<NetworkSettings> network,
    boolean searched) {
  private static final String SERVER = "server";
  private static final String POOL = "pool";
  private static final String PEER = "peer";
  private static final String BROADCAST = "broadcast";
  private static final String MANYCAST = "manycast";

  /** As chrony has it: three outvote one, and one may be away. */
  private static final int USUAL_POOL_SIZE = 4;

  private static final String POLL_LIMITS = "the exponents of NTP's intervals, 62.5 ms to 36 h";

  private static final Key<String> NAME = Key.of("name", Values.name());
  private static final Key<String> TYPE =
      Key.of("type", SERVER, Values.word(List.of(SERVER, POOL, PEER, BROADCAST, MANYCAST)));
  private static final Key<Integer> COUNT =
      Key.of("count", Values.integer(1, 16, "what a pool's operators find decent"));
  private static final Key<String> ADDRESS = Key.of("address", Values.host());
  private static final Key<Integer> PORT =
      Key.of("port", ListenSettings.NTP_PORT, Values.integer(1, 65_535, "the range of UDP ports"));
  private static final Key<Integer> MIN_POLL = Key.of("min-poll", poll());
  private static final Key<Integer> MAX_POLL = Key.of("max-poll", poll());
  private static final Key<Boolean> IBURST = Key.of("iburst", true, Values.flag());
  private static final Key<Boolean> BURST = Key.of("burst", false, Values.flag());
  private static final Key<Integer> VERSION =
      Key.of(
          "version",
          AssociationSettings.USUAL_VERSION,
          Values.integer(1, AssociationSettings.USUAL_VERSION, "the versions there are"));

  private static final Key<Integer> KEY = Key.of("key", 0, KeySettings.identifier());

  static final Key<Boolean> INTERLEAVED = Key.of("interleaved", false, Values.flag());

  private static final List<Key<?>> OWN_KEYS =
      List.of(
          NAME,
          TYPE,
          PeerSettings.LISTENER,
          ADDRESS,
          PORT,
          COUNT,
          MIN_POLL,
          MAX_POLL,
          IBURST,
          BURST,
          VERSION,
          KEY,
          INTERLEAVED,
          StandingKeys.PREFER,
          StandingKeys.TRUST,
          StandingKeys.REQUIRE,
          StandingKeys.NOSELECT);

  static final List<Key<?>> KEYS =
      Stream.of(OWN_KEYS, NetworkSettings.KEYS, NtsSourceSettings.KEYS)
          .flatMap(List::stream)
          .toList();

  /** Whether it is a pool, of a name or of a group. */
  public boolean isPool() {
    return poolSize > 0 && (network.isEmpty() || searched);
  }

  /** Whether it is a network on which servers send unasked. */
  public boolean isNetwork() {
    return network.isPresent() && !searched;
  }

  /** Whether it is a peer. */
  public boolean isPeer() {
    return peer.isPresent();
  }

  private static ValueReader<Integer> poll() {
    return Values.integer(
        AssociationSettings.SHORTEST_POLL, AssociationSettings.LONGEST_POLL, POLL_LIMITS);
  }

  static List<SourceSettings> readAll(
      List<Table> tables, UniqueNames names, KeySettings keys, List<ListenSettings> listeners) {
    List<SourceSettings> all = new ArrayList<>();
    for (Table table : tables) {
      table.refuseAllBut(KEYS);
      String name = names.read(table, NAME);
      boolean pool = table.get(TYPE).equals(POOL);
      boolean searched = table.get(TYPE).equals(MANYCAST);
      boolean network = searched || table.get(TYPE).equals(BROADCAST);
      if (!pool && !network && table.has(COUNT.name())) {
        table.problem(
            COUNT.name(),
            "count is for a source of type \"pool\", \"broadcast\" or \"manycast\"; a server is"
                + " one");
      }
      String address = table.require(ADDRESS).orElse("");
      int least = leastPoll(table);
      int most =
          table.find(MAX_POLL).orElse(Math.max(least, AssociationSettings.USUAL_MAXIMUM_POLL));
      if (least > most) {
        table.problem(MIN_POLL.name(), "min-poll %d is above max-poll %d".formatted(least, most));
      }
      all.add(
          new SourceSettings(
              name,
              address,
              table.get(PORT),
              least,
              most,
              table.get(IBURST),
              table.get(VERSION),
              keys.identifierIn(table, KEY),
              NtsSourceSettings.read(table, table.get(VERSION), table.has(KEY.name())),
              table.get(BURST),
              table.get(INTERLEAVED),
              StandingKeys.read(table),
              pool || network ? table.find(COUNT).orElse(USUAL_POOL_SIZE) : 0,
              PeerSettings.read(table, table.get(TYPE).equals(PEER), listeners),
              NetworkSettings.read(
                  table, network, searched, table.get(PORT), table.has(KEY.name())),
              searched));
    }
    return List.copyOf(all);
  }

  /** A longest interval below the usual shortest one is meant for both. */
  private static int leastPoll(Table table) {
    int usual =
        Math.min(
            AssociationSettings.USUAL_MINIMUM_POLL,
            table.has(MAX_POLL.name())
                ? table.find(MAX_POLL).orElse(AssociationSettings.USUAL_MINIMUM_POLL)
                : AssociationSettings.USUAL_MINIMUM_POLL);
    return table.find(MIN_POLL).orElse(usual);
  }
}
