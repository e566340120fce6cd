package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.ServerState;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.client.Kept;
import org.timeball.core.nts.client.NtsSession;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.select.Selection;
import org.timeball.core.source.BroadcastNetwork;
import org.timeball.core.source.Pool;
import org.timeball.core.source.ServerSource;
import org.timeball.core.source.UpstreamSettings;

/** The servers on the network that time is taken from: who is asked when, and what came of it. */
final class Upstreams {
  private final LongSupplier nonces;
  private final NtsSetup nts;
  private final Notices notices;
  private final List<Action> due = new ArrayList<>();

  /** Addresses that members of pools have: a server has one vote, whatever names it. */
  private final Set<String> taken = new HashSet<>();

  /** To be used once: what becomes of these cookies is known to the sessions alone. */
  private List<Kept> keptAtStart;

  private List<UpstreamSettings> settings;
  private PacketKeys keys;
  private List<ServerSource> servers = List.of();
  private List<Pool> pools = List.of();
  private List<BroadcastNetwork> networks = List.of();

  Upstreams(
      List<UpstreamSettings> settings,
      PacketKeys keys,
      LongSupplier nonces,
      NtsSetup nts,
      Notices notices) {
    this.nts = nts;
    keptAtStart = Kept.parse(nts.kept());
    this.settings = settings;
    this.keys = keys;
    this.nonces = nonces;
    this.notices = notices;
  }

  /** Asks all of them at the next occasion. */
  void start(long nowRaw) {
    change(settings, keys, nowRaw);
  }

  /** These from now on; those that were there before with the same settings stay as they are. */
  void change(List<UpstreamSettings> after, PacketKeys newKeys, long nowRaw) {
    settings = after;
    useKeys(newKeys);
    List<Pool> gone = pools.stream().filter(pool -> !after.contains(pool.settings())).toList();
    gone.forEach(Pool::giveUp);
    networks.stream()
        .filter(network -> !after.contains(network.settings()))
        .forEach(BroadcastNetwork::giveUp);
    List<Kept> kept = Stream.concat(keptAtStart.stream(), keepAll()).toList();
    keptAtStart = List.of();
    List<ServerSource> newServers = new ArrayList<>();
    List<Pool> newPools = new ArrayList<>();
    List<BroadcastNetwork> newNetworks = new ArrayList<>();
    for (UpstreamSettings one : after) {
      if (one.isPool()) {
        newPools.add(
            pools.stream()
                .filter(pool -> pool.settings().equals(one))
                .findFirst()
                .orElseGet(() -> new Pool(one, keys, taken, this::freshSession, nowRaw, notices)));
      } else if (one.isNetwork()) {
        newNetworks.add(
            networks.stream()
                .filter(network -> network.settings().equals(one))
                .findFirst()
                .orElseGet(() -> new BroadcastNetwork(one, keys, taken, notices)));
      } else {
        newServers.add(
            servers.stream()
                .filter(server -> server.settings().equals(one))
                .findFirst()
                .orElseGet(() -> server(one, kept, nowRaw)));
      }
    }
    servers = List.copyOf(newServers);
    pools = List.copyOf(newPools);
    networks = List.copyOf(newNetworks);
  }

  private ServerSource server(UpstreamSettings one, List<Kept> kept, long nowRaw) {
    Optional<NtsSession> session =
        session(one, kept.stream().filter(k -> k.source().equals(one.name())).findFirst());
    return new ServerSource(one, keys, session, nowRaw, notices);
  }

  private Optional<NtsSession> session(UpstreamSettings one, Optional<Kept> kept) {
    return one.keyServer()
        .map(server -> new NtsSession(one.name(), server, kept, nts.tools(), notices));
  }

  /** Of a pool's member no cookies are kept: after a restart the name may stand for others. */
  private Optional<NtsSession> freshSession(UpstreamSettings member) {
    return session(member, Optional.empty());
  }

  /**
   * Servers in the order of the configuration, then the members of pools and networks; none before
   * {@link #start}.
   */
  List<ServerSource> sources() {
    return all().toList();
  }

  private Stream<ServerSource> all() {
    return Stream.of(
            servers.stream(),
            pools.stream().flatMap(p -> p.members().stream()),
            networks.stream().flatMap(n -> n.members().stream()))
        .flatMap(Function.identity());
  }

  private Optional<ServerSource> source(String name) {
    return all().filter(s -> s.name().equals(name)).findFirst();
  }

  /** Where servers that send unasked are listened to. */
  List<BroadcastNetwork> networks() {
    return networks;
  }

  private Optional<BroadcastNetwork> network(String name) {
    return networks.stream().filter(n -> n.settings().name().equals(name)).findFirst();
  }

  private Optional<Pool> pool(String name) {
    return pools.stream().filter(p -> p.settings().name().equals(name)).findFirst();
  }

  /** When the next request or look-up is due; {@link Long#MAX_VALUE} if never. */
  long nextRawNanos() {
    long next = Long.MAX_VALUE;
    for (ServerSource source : sources()) {
      next = Math.min(next, source.nextRawNanos());
    }
    for (Pool pool : pools) {
      next = Math.min(next, pool.nextLookUpRawNanos());
    }
    return next;
  }

  /**
   * The packets and look-ups that are due, who is to be asked from now on, and the keys that are to
   * be fetched.
   *
   * @param present what is known of it, asked only if something is due
   * @param state what we say about ourselves
   */
  List<Action> poll(ClockReading now, Supplier<RoughTime> present, ServerState state) {
    long nowRaw = now.rawNanos();
    List<Action> actions = new ArrayList<>(due);
    due.clear();
    for (Pool pool : pools) {
      if (nowRaw >= pool.nextLookUpRawNanos()) {
        actions.add(pool.lookUp(nowRaw));
      }
    }
    for (ServerSource source : sources()) {
      if (nowRaw >= source.nextRawNanos()) {
        actions.addAll(source.poll(now, present.get(), nonces, state));
      }
    }
    if (sessions().anyMatch(NtsSession::isKeepingDue)) {
      actions.addAll(setCookiesAside());
    }
    return actions;
  }

  void onGranted(Event.KeysGranted event, RoughTime present, long nowRaw) {
    source(event.source()).ifPresent(s -> s.onGranted(event, present, nowRaw));
  }

  void onRefused(Event.KeysRefused event) {
    source(event.source()).ifPresent(s -> s.onRefused(event));
  }

  /** The time is known: certificates that were checked by less are checked again. */
  void confirm(RoughTime present) {
    all().forEach(s -> s.confirm(present));
  }

  /** Cookies for the start after a power cut; none if no server has any. */
  List<Action> setCookiesAside() {
    List<Kept> kept = sessions().flatMap(session -> session.setAside().stream()).toList();
    return kept.isEmpty() ? List.of() : List.of(new Action.KeepCookies(Kept.text(kept)));
  }

  /** All cookies, for an end in good order. */
  String cookies() {
    return Kept.text(keepAll().toList());
  }

  private Stream<Kept> keepAll() {
    return sessions().flatMap(session -> session.keepAll().stream());
  }

  private Stream<NtsSession> sessions() {
    return servers.stream().flatMap(s -> s.nts().stream());
  }

  /**
   * Takes a datagram; true if a belief has changed. A source that is not ours any more is let go.
   */
  boolean onReply(Event.Reply reply, ClockReading now) {
    Optional<ServerSource> source = source(reply.source());
    if (source.isEmpty()) {
      return false;
    }
    boolean changed = source.get().onReply(reply, now);
    source.get().watch(now.rawNanos());
    return changed;
  }

  /** Takes a peer's packet; true if a belief has changed. */
  boolean onPeerPacket(Event.PeerPacket packet, ClockReading now) {
    Optional<ServerSource> source = source(packet.source());
    if (source.isEmpty()) {
      return false;
    }
    boolean changed = source.get().onPeerPacket(packet, now);
    source.get().watch(now.rawNanos());
    return changed;
  }

  /** Takes a packet that was sent unasked; true if a belief has changed. */
  boolean onGroupPacket(Event.GroupPacket packet, ClockReading now) {
    Optional<BroadcastNetwork> network = network(packet.source());
    if (network.isEmpty()) {
      return false;
    }
    BroadcastNetwork.Heard heard = network.get().onPacket(packet, now);
    due.addAll(heard.actions());
    return heard.beliefChanged();
  }

  void onDeparted(Event.Departed event) {
    source(event.source()).ifPresent(s -> s.onDeparted(event));
  }

  /** The clock was set, by us or by somebody else. */
  void clockStepped() {
    servers.forEach(ServerSource::clockStepped);
  }

  void onResolved(Event.Resolved event) {
    source(event.source()).ifPresent(s -> s.onResolved(event));
  }

  void onUnreachable(Event.Unreachable event) {
    source(event.source()).ifPresent(s -> s.onUnreachable(event));
    pool(event.source()).ifPresent(p -> p.onUnreachable(event.reason()));
    network(event.source()).ifPresent(n -> n.onUnreachable(event.reason()));
  }

  void onFound(Event.Found event, long nowRaw) {
    pool(event.pool()).ifPresent(p -> due.addAll(p.onFound(event.addresses(), nowRaw)));
  }

  /** Replaces members of pools that are bad, and tells operators what has changed. */
  void watch(long nowRaw, Selection selection) {
    pools.forEach(p -> due.addAll(p.review(nowRaw, selection)));
    networks.forEach(n -> due.addAll(n.review(nowRaw)));
    all().forEach(s -> s.watch(nowRaw));
  }

  /** The clock or the flow of time was disturbed: only replies can clear that up. */
  void hurry(long nowRaw) {
    all().forEach(s -> s.hurry(nowRaw));
  }

  /**
   * Asks servers or not, by the operator's word.
   *
   * @param name of a server, of a pool or of a member of one; empty for all of them
   * @return whether there are any by that name
   */
  boolean setOnline(String name, boolean online, long nowRaw) {
    List<Pool> meant =
        pools.stream().filter(p -> name.isEmpty() || p.settings().name().equals(name)).toList();
    meant.forEach(p -> p.setOnline(online, nowRaw));
    List<BroadcastNetwork> networksMeant =
        networks.stream().filter(n -> name.isEmpty() || n.settings().name().equals(name)).toList();
    networksMeant.forEach(n -> n.setOnline(online, nowRaw));
    List<ServerSource> named = all().filter(s -> name.isEmpty() || s.name().equals(name)).toList();
    named.forEach(s -> s.setOnline(online, nowRaw));
    return !meant.isEmpty() || !networksMeant.isEmpty() || !named.isEmpty();
  }

  /** Other keys, which hold every one that a source names. */
  void useKeys(PacketKeys newKeys) {
    keys = newKeys;
    servers.forEach(s -> s.useKeys(newKeys));
    pools.forEach(p -> p.useKeys(newKeys));
    networks.forEach(n -> n.useKeys(newKeys));
  }
}
