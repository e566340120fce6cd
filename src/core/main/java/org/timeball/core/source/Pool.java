package org.timeball.core.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.timeball.core.Action;
import org.timeball.core.Notices;
import org.timeball.core.nts.client.NtsSession;
import org.timeball.core.nts.client.NtsStatus;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Selection;

/**
 * One name, or a multicast group, that stands for many servers: some of them are asked, and one
 * that turns out bad is replaced by another. Belongs to the brain's thread.
 *
 * <p>A member that is good stays, whatever the name stands for later: pools hand out other
 * addresses at each look-up, and nothing is won by moving. A bad one stays too until there is one
 * to replace it.
 */
public final class Pool {
  /** Chosen: how often the name is looked up while nothing is wanted of it. */
  private static final long REFRESH_NANOS = 3_600_000_000_000L;

  /** Chosen: the shortest pause between two look-ups; doubled while they bring nothing new. */
  private static final long SHORTEST_PAUSE_NANOS = 60_000_000_000L;

  /** Chosen: a member that was replaced is not taken again before. */
  private static final long ASIDE_NANOS = 4 * REFRESH_NANOS;

  /** Seconds, and intervals, that a member may be wrong, distant or not synchronised. */
  private static final double PATIENCE = 300;

  private static final int PATIENCE_INTERVALS = 8;

  /** Requests that a member may leave unanswered: what the reach register holds. */
  private static final int PATIENCE_REQUESTS = 8;

  /** Attempts to get keys of a member that may fail; they take half a minute together. */
  private static final int PATIENCE_ATTEMPTS = 4;

  /** Chosen: more addresses than that are not remembered. */
  private static final int MOST_SPARE = 64;

  private static final String SILENT = "does not answer";

  /** One of the servers that are asked. */
  private static final class Member {
    final String address;
    final ServerSource source;
    long badSinceRawNanos = Long.MAX_VALUE;

    Member(String address, ServerSource source) {
      this.address = address;
      this.source = source;
    }
  }

  private final UpstreamSettings settings;
  private final Set<String> taken;
  private final Function<UpstreamSettings, Optional<NtsSession>> sessions;
  private final Notices notices;
  private final Map<Integer, Member> members = new TreeMap<>();
  private final Set<String> spare = new LinkedHashSet<>();
  private final Map<String, Long> asideUntil = new HashMap<>();
  private PacketKeys keys;
  private boolean wanting = true;
  private long nextLookUpRawNanos;
  private long pauseNanos = SHORTEST_PAUSE_NANOS;
  private String trouble = "";
  private boolean offline;

  /**
   * @param taken addresses that members of any pool have; shared, and written to
   * @param sessions begins Network Time Security with a member, if its settings name a key server
   * @param nowRawNanos when to look the name up first
   */
  public Pool(
      UpstreamSettings settings,
      PacketKeys keys,
      Set<String> taken,
      Function<UpstreamSettings, Optional<NtsSession>> sessions,
      long nowRawNanos,
      Notices notices) {
    this.sessions = sessions;
    this.settings = settings;
    this.keys = keys;
    this.taken = taken;
    this.notices = notices;
    nextLookUpRawNanos = nowRawNanos;
  }

  /** As in the configuration. */
  public UpstreamSettings settings() {
    return settings;
  }

  /** The servers that are asked now. */
  public List<ServerSource> members() {
    return members.values().stream().map(m -> m.source).toList();
  }

  /** When {@link #lookUp} is due. */
  public long nextLookUpRawNanos() {
    return nextLookUpRawNanos;
  }

  /** Looks the name up; what it stands for comes to {@link #onFound}. */
  public Action.LookUp lookUp(long nowRawNanos) {
    nextLookUpRawNanos = nowRawNanos + (wanting ? pauseNanos : REFRESH_NANOS);
    pauseNanos = wanting ? Math.min(2 * pauseNanos, REFRESH_NANOS) : SHORTEST_PAUSE_NANOS;
    return new Action.LookUp(settings.name());
  }

  /** The name cannot be looked up; a sentence for people. */
  public void onUnreachable(String reason) {
    if (!trouble.equals(reason)) {
      trouble = reason;
      notices.warning("%s: %s", settings.name(), reason);
    }
  }

  /** What the name stands for at present. */
  public List<Action.OfPool> onFound(List<String> addresses, long nowRawNanos) {
    trouble = "";
    asideUntil.values().removeIf(until -> until <= nowRawNanos);
    boolean news = false;
    if (isSearched()) {
      // Who did not answer this search is no candidate any more.
      spare.clear();
    }
    for (String address : addresses) {
      if (!taken.contains(address)
          && !asideUntil.containsKey(address)
          && spare.size() < MOST_SPARE) {
        news |= spare.add(address);
      }
    }
    if (news) {
      pauseNanos = SHORTEST_PAUSE_NANOS;
    }
    List<Action.OfPool> actions = new ArrayList<>();
    for (int number = 1; number <= settings.poolSize() && !spare.isEmpty(); number++) {
      if (!members.containsKey(number)) {
        actions.addAll(enlist(number, nowRawNanos));
      }
    }
    want(members.size() < settings.poolSize(), nowRawNanos);
    return actions;
  }

  private boolean isSearched() {
    return settings.kind() == UpstreamSettings.Kind.MANYCAST;
  }

  private void want(boolean more, long nowRawNanos) {
    if (more != wanting) {
      nextLookUpRawNanos = nowRawNanos + (more ? pauseNanos : REFRESH_NANOS);
    }
    wanting = more;
  }

  private List<Action.OfPool> enlist(int number, long nowRawNanos) {
    while (!spare.isEmpty()) {
      String address = spare.iterator().next();
      spare.remove(address);
      if (taken.add(address)) {
        String name = settings.name() + "#" + number;
        UpstreamSettings member = settings.memberNamed(name, address);
        ServerSource source =
            new ServerSource(member, keys, sessions.apply(member), nowRawNanos, notices);
        source.setOnline(!offline, nowRawNanos);
        members.put(number, new Member(address, source));
        return List.of(new Action.Enlist(name, settings.name(), address));
      }
    }
    return List.of();
  }

  /** Replaces members that have been bad for long. */
  public List<Action.OfPool> review(long nowRawNanos, Selection selection) {
    List<Action.OfPool> actions = new ArrayList<>();
    boolean wantsAnother = members.size() < settings.poolSize();
    for (int number : List.copyOf(members.keySet())) {
      Member member = members.get(number);
      String complaint = complaint(member, nowRawNanos, selection);
      if (complaint.isEmpty()) {
        continue;
      }
      boolean silent = complaint.equals(SILENT);
      if (spare.isEmpty() && !(isSearched() && silent)) {
        wantsAnother = true;
        continue;
      }
      // One that answers a later search is there again.
      if (!(isSearched() && silent)) {
        asideUntil.put(member.address, nowRawNanos + ASIDE_NANOS);
      }
      taken.remove(member.address);
      members.remove(number);
      List<Action.OfPool> fresh = enlist(number, nowRawNanos);
      actions.addAll(fresh);
      notices.info(
          "%s: %s %s and is %s",
          member.source.name(),
          member.address,
          complaint,
          fresh.isEmpty() ? "let go" : "replaced by " + members.get(number).address);
      if (fresh.isEmpty()) {
        actions.add(new Action.Dismiss(member.source.name()));
        wantsAnother = true;
      }
    }
    want(wantsAnother, nowRawNanos);
    return actions;
  }

  /** Why a member is not worth keeping; empty if it is. */
  private String complaint(Member member, long nowRawNanos, Selection selection) {
    ServerSource source = member.source;
    SourceState state = source.state(nowRawNanos);
    if (state == SourceState.REFUSED) {
      return "refuses to serve us";
    }
    if (state == SourceState.UNREACHABLE && source.tally().asked() > PATIENCE_REQUESTS) {
      return SILENT;
    }
    if (state == SourceState.OFFLINE && !offline && source.tally().asked() > PATIENCE_REQUESTS) {
      return "cannot be reached from here";
    }
    Optional<String> noKeys = source.nts().flatMap(Pool::complaint);
    if (noKeys.isPresent()) {
      return noKeys.get();
    }
    Fate fate = selection.fates().getOrDefault(source.name(), Fate.NOT_PROVEN);
    String bad =
        switch (state) {
          case UNSYNCHRONISED -> "is not synchronised";
          case LOOP -> "follows us";
          case SMEARED -> "spreads a leap second";
          case TOO_DISTANT -> "is too far from true time";
          case UNREACHABLE, UNPROVEN, JUMPED, OFFLINE, REFUSED, NOT_CERTIFIED, COASTING, READY ->
              fate == Fate.FALSETICKER || fate == Fate.OUTVOTED_BY_TRUST
                  ? "disagrees with the others"
                  : "";
        };
    if (bad.isEmpty()) {
      member.badSinceRawNanos = Long.MAX_VALUE;
      return "";
    }
    member.badSinceRawNanos = Math.min(member.badSinceRawNanos, nowRawNanos);
    double patience = Math.max(PATIENCE, PATIENCE_INTERVALS * source.association().interval());
    return (nowRawNanos - member.badSinceRawNanos) * 1e-9 >= patience ? bad : "";
  }

  private static Optional<String> complaint(NtsSession session) {
    NtsStatus status = session.status();
    return status.cookies() == 0
            && !status.trouble().isEmpty()
            && status.failures() >= PATIENCE_ATTEMPTS
        ? Optional.of("gives no keys (" + status.trouble() + ")")
        : Optional.empty();
  }

  /** Whether its members are asked at all, by the operator's word. */
  public void setOnline(boolean online, long nowRawNanos) {
    offline = !online;
    members().forEach(m -> m.setOnline(online, nowRawNanos));
  }

  /** It is not in the configuration any more: its members' addresses may be taken by others. */
  public void giveUp() {
    members.values().forEach(m -> taken.remove(m.address));
    members.clear();
  }

  /** Other keys, which hold the one that the settings name. */
  public void useKeys(PacketKeys newKeys) {
    keys = newKeys;
    members.values().forEach(m -> m.source.useKeys(newKeys));
  }
}
