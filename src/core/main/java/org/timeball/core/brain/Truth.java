package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.timeball.core.discipline.Combination;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.refclock.Reckoning;
import org.timeball.core.select.Candidate;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Selection;
import org.timeball.core.select.Standing;
import org.timeball.core.source.Belief;
import org.timeball.core.source.RefclockSource;
import org.timeball.core.source.ServerSource;
import org.timeball.core.source.SourceState;
import org.timeball.core.source.TimeSource;
import org.timeball.time.Leap;

/**
 * What is believed about true time, all sources considered; remembered while none of them can be
 * followed.
 */
final class Truth {
  /** Servers are asked together at the start: who has not answered by then is not waited for. */
  private static final long WAIT_AT_START_NANOS = 10_000_000_000L;

  /** As long as a source's own jump must last. */
  private static final long WAIT_LATER_NANOS = 300_000_000_000L;

  private static final long NOT_ALONE = Long.MIN_VALUE;
  private static final long SOMEBODY = Long.MIN_VALUE;

  private final Supplier<List<TimeSource>> sources;
  private final int minimumSources;
  private final Role role;
  private Selection selection = Selection.NONE;
  private Optional<TimeSource> followed = Optional.empty();
  private Optional<Belief> belief = Optional.empty();
  private boolean heard;
  private long aloneSinceRaw = NOT_ALONE;
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
    int needed = isDoubted(candidates, nowRaw) ? Math.max(2, minimumSources) : minimumSources;
    selection = Selection.of(candidates, needed);
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
      belief = best.belief(nowRaw).map(b -> combined(best, b, nowRaw));
    } else {
      belief = belief.map(b -> b.at(nowRaw));
    }
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
   * Whether one server of several speaks while the others are not heard yet, at the start or after
   * an outage, and what is known does not bear it out. Chance decides who is heard first, and it
   * may be the one that the others would outvote.
   */
  private boolean isDoubted(List<Candidate> candidates, long nowRaw) {
    List<Candidate> fit =
        candidates.stream().filter(c -> c.fit() == Candidate.Fit.FIT).limit(2).toList();
    if (heard
        || fit.size() != 1
        || !isServerOfSeveral(fit.getFirst())
        || agrees(fit.getFirst(), nowRaw)) {
      aloneSinceRaw = NOT_ALONE;
      return false;
    }
    if (aloneSinceRaw == NOT_ALONE) {
      aloneSinceRaw = nowRaw;
    }
    return nowRaw - aloneSinceRaw < (belief.isEmpty() ? WAIT_AT_START_NANOS : WAIT_LATER_NANOS);
  }

  private boolean isServerOfSeveral(Candidate candidate) {
    List<TimeSource> servers =
        sources.get().stream().filter(s -> s instanceof ServerSource).toList();
    return servers.size() > 1 && servers.stream().anyMatch(s -> s.name().equals(candidate.name()));
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
    List<Combination.Part> parts = new ArrayList<>();
    rightServers().forEach(server -> parts.add(server.part(nowRaw)));
    if (parts.size() < 2) {
      return belief;
    }
    TimeEstimate together = Combination.of(Combination.agreeing(parts));
    double apart = Math.abs(together.unixNanos() - belief.unixNanos()) * 1e-9;
    return new Belief(
        together, nowRaw, belief.systematic() + apart, belief.caution(), belief.basis());
  }

  private List<ServerSource> rightServers() {
    List<ServerSource> right = new ArrayList<>();
    for (TimeSource source : sources.get()) {
      Fate fate = selection.fates().get(source.name());
      if (source instanceof ServerSource server
          && (fate == Fate.SELECTED || fate == Fate.TRUECHIMER)) {
        right.add(server);
      }
    }
    return right;
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

  /** Orphans and those that follow one are apart: their strata do not tell a loop of several. */
  private Candidate.Fit fit(TimeSource source, Optional<Belief> belief) {
    if (belief.isEmpty()) {
      return Candidate.Fit.NOT_PROVEN;
    }
    boolean orphan =
        source instanceof ServerSource
            && role.local().filter(l -> l.orphan() && l.stratum() <= source.stratum()).isPresent();
    return orphan ? Candidate.Fit.ORPHAN : Candidate.Fit.FIT;
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
          case COASTING, READY -> fit(source, belief);
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
    belief = Optional.empty();
    heard = false;
  }

  /** Time itself was renumbered. */
  void shift(long nanos, long nowRaw) {
    sources.get().forEach(s -> s.shift(nanos));
    belief = Optional.empty();
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

  Selection selection() {
    return selection;
  }
}
