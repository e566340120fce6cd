package org.timeball.core.brain;

import java.util.List;
import java.util.Optional;
import org.timeball.core.refclock.Reckoning;
import org.timeball.core.select.Candidate;
import org.timeball.core.select.Selection;
import org.timeball.core.source.Belief;
import org.timeball.core.source.RefclockSource;
import org.timeball.core.source.SourceState;

/**
 * What is believed about true time, all sources considered; remembered while none of them can be
 * followed.
 */
final class Truth {
  private final List<RefclockSource> sources;
  private final int minimumSources;
  private Selection selection = Selection.NONE;
  private Optional<RefclockSource> followed = Optional.empty();
  private Optional<Belief> belief = Optional.empty();
  private boolean heard;

  Truth(List<RefclockSource> sources, int minimumSources) {
    this.sources = sources;
    this.minimumSources = minimumSources;
  }

  /** Selects anew and carries the belief to a moment. */
  void update(long nowRaw) {
    selection = Selection.of(candidates(nowRaw), minimumSources);
    Optional<RefclockSource> selected =
        sources.stream()
            .filter(s -> selection.selected().equals(Optional.of(s.name())))
            .findFirst();
    heard = selected.isPresent() && selected.get().state(nowRaw) == SourceState.READY;
    if (selected.isPresent()) {
      followed = selected;
      belief = selected.get().belief(nowRaw);
    } else {
      belief = belief.map(b -> b.at(nowRaw));
    }
  }

  private List<Candidate> candidates(long nowRaw) {
    return sources.stream().map(s -> candidate(s, nowRaw)).toList();
  }

  private static Candidate candidate(RefclockSource source, long nowRaw) {
    Optional<Belief> belief = source.belief(nowRaw);
    Candidate.Fit fit =
        switch (source.state(nowRaw)) {
          case UNREACHABLE -> Candidate.Fit.UNREACHABLE;
          case UNPROVEN -> Candidate.Fit.NOT_PROVEN;
          case JUMPED -> Candidate.Fit.JUMPED;
          case COASTING, READY -> belief.isEmpty() ? Candidate.Fit.NOT_PROVEN : Candidate.Fit.FIT;
        };
    return new Candidate(
        source.name(),
        belief.map(Belief::unixNanos).orElse(0L),
        belief.map(Belief::bound).orElse(0.0),
        0,
        source.settings().standing(),
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
    sources.forEach(s -> s.shift(nanos));
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
  Optional<RefclockSource> followed() {
    return followed;
  }

  Selection selection() {
    return selection;
  }
}
