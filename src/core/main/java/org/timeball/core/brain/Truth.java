package org.timeball.core.brain;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.timeball.core.discipline.Combination;
import org.timeball.core.discipline.Rehearsals;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.refclock.Reckoning;
import org.timeball.core.select.Candidate;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Selection;
import org.timeball.core.select.Standing;
import org.timeball.core.source.Belief;
import org.timeball.core.source.Reception;
import org.timeball.core.source.RefclockSource;
import org.timeball.core.source.ServerSource;
import org.timeball.core.source.SourceState;
import org.timeball.core.source.TimeSource;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/**
 * What is believed about true time, all sources considered; remembered while none of them can be
 * followed.
 */
final class Truth {
  /** Servers are asked together at the start: who has not answered by then is not waited for. */
  private static final long WAIT_AT_START_NANOS = 10_000_000_000L;

  /** As long as a source's own jump must last. */
  private static final long WAIT_LATER_NANOS = 300_000_000_000L;

  private static final long NOT_DOUBTED = Long.MIN_VALUE;
  private static final long SOMEBODY = Long.MIN_VALUE;

  private final Supplier<List<TimeSource>> sources;
  private final int minimumSources;
  private final Role role;
  private final Rehearsals rehearsals = new Rehearsals();
  private final ServersTogether servers = new ServersTogether();
  private Selection selection = Selection.NONE;
  private Optional<TimeSource> followed = Optional.empty();

  /** As of the last moment at which a source could be followed. */
  private Optional<Belief> known = Optional.empty();

  private Optional<Belief> belief = Optional.empty();
  private boolean heard;
  private long doubtedSinceRaw = NOT_DOUBTED;
  private long nobodySinceRaw = SOMEBODY;

  /**
   * @param sources all there are, asked anew at each turn
   */
  Truth(Supplier<List<TimeSource>> sources, int minimumSources, Role role) {
    this.sources = sources;
    this.minimumSources = minimumSources;
    this.role = role;
  }

  /** Selects anew and carries the belief to a moment. */
  void update(long nowRaw) {
    List<Candidate> candidates = candidates(nowRaw);
    selection = Selection.of(candidates, needed(candidates, nowRaw));
    if (selection.selected().isPresent()) {
      nobodySinceRaw = SOMEBODY;
    } else if (nobodySinceRaw == SOMEBODY) {
      nobodySinceRaw = nowRaw;
    }
    if (local(nowRaw).filter(Role.Local::orphan).isPresent()) {
      orphanParent().ifPresent(parent -> selection = selection.following(parent.name()));
    }
    Optional<TimeSource> selected =
        sources.get().stream()
            .filter(s -> selection.selected().equals(Optional.of(s.name())))
            .findFirst();
    heard = selected.isPresent() && selected.get().state(nowRaw) == SourceState.READY;
    if (selected.isPresent()) {
      followed = selected;
      TimeSource best = selected.get();
      known = best.belief(nowRaw).map(b -> experienced(combined(best, b, nowRaw)));
      belief = known;
    } else {
      belief = known.map(b -> steadied(b.at(nowRaw)));
    }
  }

  /** The same with what holdovers that were only played have shown. */
  private Belief experienced(Belief current) {
    if (heard) {
      rehearsals.observe(current.origin(), current.systematic(), selection.selected().orElse(""));
    }
    return current.with(current.unseen().with(rehearsals.experience()));
  }

  /** What is served when nothing is known, once nobody could be followed for long enough. */
  Optional<Role.Local> local(long nowRaw) {
    return nobodySinceRaw == SOMEBODY
        ? Optional.empty()
        : role.local().filter(l -> nowRaw - nobodySinceRaw >= (long) (l.waitSeconds() * 1e9));
  }

  /** The orphan that all orphans follow, unless it is this server. */
  private Optional<ServerSource> orphanParent() {
    return sources.get().stream()
        .filter(s -> selection.fates().get(s.name()) == Fate.ORPHAN)
        .map(ServerSource.class::cast)
        .filter(
            s -> s.isBeforeUs() && role.local().filter(l -> l.stratum() == s.stratum()).isPresent())
        .min(Comparator.comparing(ServerSource::referenceId));
  }

  /**
   * What was known, carried on at the rate of the source that was followed, if a majority runs at
   * that rate: sources that contradict each other in time, by whole seconds perhaps, may agree on
   * the frequency, and then that need not be remembered. How wrong it may be grows all the same.
   */
  private Belief steadied(Belief carried) {
    long raw = carried.rawNanos();
    List<TimeSource> contradicting =
        sources.get().stream()
            .filter(s -> selection.fates().get(s.name()) == Fate.NO_MAJORITY)
            .toList();
    Optional<Belief> own =
        followed
            .filter(contradicting::contains)
            .flatMap(f -> f.belief(raw))
            .filter(b -> apart(b, carried) <= b.bound() + carried.bound());
    if (own.isEmpty()) {
      return carried;
    }
    long agreeing =
        contradicting.stream()
            .flatMap(s -> s.belief(raw).stream())
            .filter(b -> Combination.isSameRate(b.estimate(), own.get().estimate()))
            .count();
    return 2 * agreeing > contradicting.size()
        ? new Belief(
            own.get().origin(), raw, carried.bound(), own.get().unseen(), own.get().basis())
        : carried;
  }

  /** Seconds between two beliefs for the same moment. */
  private static double apart(Belief one, Belief other) {
    return Math.abs(one.unixNanos() - other.unixNanos()) * 1e-9;
  }

  /**
   * How many must agree. While some servers speak and others are not heard, at the start or in an
   * outage, it is a majority of all servers, unless what is known bears one of those out that
   * speak: chance decides who is heard first or last, and it may be those whom the others would
   * outvote.
   */
  private int needed(List<Candidate> candidates, long nowRaw) {
    List<String> names =
        sources.get().stream()
            .filter(s -> s instanceof ServerSource)
            .map(TimeSource::name)
            .toList();
    List<Candidate> fit =
        candidates.stream()
            .filter(c -> c.fit() == Candidate.Fit.FIT && !c.standing().noselect())
            .toList();
    long expected =
        candidates.stream().filter(c -> names.contains(c.name()) && maySpeak(c)).count();
    boolean doubted =
        !fit.isEmpty()
            && fit.size() < expected
            && fit.stream()
                .allMatch(c -> names.contains(c.name()) && !isFollowed(c) && !agrees(c, nowRaw));
    if (!doubted) {
      doubtedSinceRaw = NOT_DOUBTED;
      return minimumSources;
    }
    if (doubtedSinceRaw == NOT_DOUBTED) {
      doubtedSinceRaw = nowRaw;
    }
    long wait = belief.isEmpty() ? WAIT_AT_START_NANOS : WAIT_LATER_NANOS;
    return nowRaw - doubtedSinceRaw < wait
        ? Math.max((int) expected / 2 + 1, minimumSources)
        : minimumSources;
  }

  /** Whether it is right now or may turn out to be so. */
  private static boolean maySpeak(Candidate candidate) {
    return !candidate.standing().noselect()
        && switch (candidate.fit()) {
          case FIT, NOT_PROVEN, UNREACHABLE, JUMPED -> true;
          case ORPHAN,
              SMEARED,
              UNSYNCHRONISED,
              LOOP,
              PASSES_ON,
              OFFLINE,
              REFUSED,
              NOT_CERTIFIED,
              TOO_DISTANT ->
              false;
        };
  }

  private boolean isFollowed(Candidate candidate) {
    return heard && followed.filter(f -> f.name().equals(candidate.name())).isPresent();
  }

  private boolean agrees(Candidate candidate, long nowRaw) {
    return belief
        .map(b -> b.at(nowRaw))
        .filter(b ->
            Math.abs(b.unixNanos() - candidate.unixNanos()) * 1e-9
                <= b.bound() + candidate.rootDistance())
        .isPresent();
  }

  /**
   * Servers that agree know more together than the best of them. A reference clock is better than
   * all of them, and a preferred source is wanted for itself.
   */
  private Belief combined(TimeSource best, Belief belief, long nowRaw) {
    if (best instanceof RefclockSource || standing(best, Optional.of(belief)).prefer()) {
      return belief;
    }
    serversWith(EnumSet.of(Fate.FALSETICKER, Fate.OUTVOTED_BY_TRUST)).forEach(servers::exclude);
    Optional<TimeEstimate> several = servers.at(rightServers(), nowRaw);
    if (several.isEmpty()) {
      return belief;
    }
    TimeEstimate together = several.get();
    double apart = Math.abs(together.unixNanos() - belief.unixNanos()) * 1e-9;
    return new Belief(
        together, nowRaw, belief.systematic() + apart, belief.unseen(), belief.basis());
  }

  private List<ServerSource> rightServers() {
    return serversWith(EnumSet.of(Fate.SELECTED, Fate.TRUECHIMER));
  }

  private List<ServerSource> serversWith(Set<Fate> wanted) {
    return sources.get().stream()
        .filter(s -> s instanceof ServerSource && wanted.contains(selection.fates().get(s.name())))
        .map(ServerSource.class::cast)
        .toList();
  }

  /** What the servers that are right say of the end of the day. */
  Map<String, Leap> leapsOfServers() {
    Map<String, Leap> leaps = new LinkedHashMap<>();
    for (ServerSource server : rightServers()) {
      server.server().ifPresent(said -> leaps.put(server.name(), said.leap()));
    }
    return leaps;
  }

  private List<Candidate> candidates(long nowRaw) {
    return sources.get().stream().map(s -> candidate(s, nowRaw)).toList();
  }

  /** The operator's; of a standby unit's partner, while it has not failed, that it is obeyed. */
  private Standing standing(TimeSource source, Optional<Belief> belief) {
    Standing plain = source.standing();
    boolean leads =
        role.standby()
            .filter(s -> s.partner().equals(source.name()))
            .filter(s -> belief.filter(b -> b.bound() <= s.failedAboveSeconds()).isPresent())
            .isPresent();
    return leads ? new Standing(true, true, plain.require(), plain.noselect()) : plain;
  }

  /**
   * Whether a server follows another that is asked here, too, and heard. It has nothing to add; and
   * several that follow one server and each other would agree among themselves whatever that says.
   * The operator's word goes before.
   */
  private boolean passesOn(TimeSource source, long nowRaw) {
    Standing plain = source.standing();
    if (!(source instanceof ServerSource server)
        || plain.prefer()
        || plain.trust()
        || plain.require()
        || role.standby().filter(s -> s.partner().equals(source.name())).isPresent()) {
      return false;
    }
    Optional<ReferenceId> followed =
        server.server().filter(s -> s.stratum() > 1).map(Reception.Server::referenceId);
    return followed.isPresent()
        && sources.get().stream()
            .anyMatch(other ->
                other != source
                    && other instanceof ServerSource
                    && other.referenceId().equals(followed.get())
                    && !other.standing().noselect()
                    && other.state(nowRaw) == SourceState.READY);
  }

  /** Orphans and those that follow one are apart: their strata do not tell a loop of several. */
  private Candidate.Fit fit(TimeSource source, Optional<Belief> belief, long nowRaw) {
    if (belief.isEmpty()) {
      return Candidate.Fit.NOT_PROVEN;
    }
    boolean orphan =
        source instanceof ServerSource
            && role.local().filter(l -> l.orphan() && l.stratum() <= source.stratum()).isPresent();
    if (orphan) {
      return Candidate.Fit.ORPHAN;
    }
    return passesOn(source, nowRaw) ? Candidate.Fit.PASSES_ON : Candidate.Fit.FIT;
  }

  private Candidate candidate(TimeSource source, long nowRaw) {
    Optional<Belief> belief = source.belief(nowRaw);
    Candidate.Fit fit =
        switch (source.state(nowRaw)) {
          case UNREACHABLE -> Candidate.Fit.UNREACHABLE;
          case UNPROVEN -> Candidate.Fit.NOT_PROVEN;
          case JUMPED -> Candidate.Fit.JUMPED;
          case SMEARED -> Candidate.Fit.SMEARED;
          case UNSYNCHRONISED -> Candidate.Fit.UNSYNCHRONISED;
          case LOOP -> Candidate.Fit.LOOP;
          case OFFLINE -> Candidate.Fit.OFFLINE;
          case REFUSED -> Candidate.Fit.REFUSED;
          case NOT_CERTIFIED -> Candidate.Fit.NOT_CERTIFIED;
          case TOO_DISTANT -> Candidate.Fit.TOO_DISTANT;
          case COASTING, READY -> fit(source, belief, nowRaw);
        };
    return new Candidate(
        source.name(),
        belief.map(Belief::unixNanos).orElse(0L),
        belief.map(Belief::bound).orElse(0.0),
        source.stratum(),
        standing(source, belief),
        fit);
  }

  /** For the sources themselves: to number pulses by. */
  Optional<Reckoning> reckoning(long nowRaw) {
    return belief.map(b -> b.at(nowRaw)).map(b -> new Reckoning(nowRaw, b.unixNanos(), b.bound()));
  }

  /** Nothing is believed any more. */
  void forget() {
    known = Optional.empty();
    belief = Optional.empty();
    rehearsals.forget();
    heard = false;
  }

  /** Time itself was renumbered. */
  void shift(long nanos, long nowRaw) {
    sources.get().forEach(s -> s.shift(nanos));
    servers.shift(nanos);
    known = Optional.empty();
    rehearsals.forget();
    update(nowRaw);
  }

  Optional<Belief> belief() {
    return belief;
  }

  /** Whether the source that is followed gives samples now. */
  boolean isHeard() {
    return heard;
  }

  /** The source that is followed, or was last. */
  Optional<TimeSource> followed() {
    return followed;
  }

  /** What became of holdovers that were only played. */
  Rehearsals rehearsals() {
    return rehearsals;
  }

  Selection selection() {
    return selection;
  }
}
