package org.timeball.core.date;

import java.util.List;
import org.timeball.core.ClockReading;
import org.timeball.core.select.Candidate;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Selection;

/** What becomes of the clock after some servers were asked for the date. */
public sealed interface DateDecision {
  /**
   * The clock is to be set.
   *
   * @param rawNanos a moment
   * @param unixNanos true time then, as the servers that agree have it
   * @param offset seconds by which the clock was behind when this was decided
   * @param bound seconds by which the new time may be wrong
   */
  record Set(long rawNanos, long unixNanos, double offset, double bound) implements DateDecision {
    /** Nanoseconds by which the clock is to be moved at the moment that it was read. */
    public long step(ClockReading clock) {
      return unixNanos + (clock.rawNanos() - rawNanos) - clock.unixNanos();
    }
  }

  /**
   * The clock is as right as could be told.
   *
   * @param offset seconds, smaller than the bound
   * @param bound seconds
   */
  record Keep(double offset, double bound) implements DateDecision {}

  /**
   * What was heard is nothing to set a clock by.
   *
   * @param reason a sentence for people
   */
  record Refuse(String reason) implements DateDecision {}

  /**
   * A decision and its reasons.
   *
   * @param servers in the order in which they were named
   */
  record Finding(DateDecision decision, List<Testimony> servers) {
    public Finding {
      servers = List.copyOf(servers);
    }

    /** How many servers agree. */
    public long agreeing() {
      return servers.stream().filter(Testimony::agrees).count();
    }
  }

  /**
   * Decides.
   *
   * @param witnesses all that were asked; names are unique
   * @param now the clock that may be set
   * @param floorUnixNanos no time before this can be true
   * @param minimumSources how many servers must agree, at least 1
   */
  static Finding of(
      List<Witness> witnesses, ClockReading now, long floorUnixNanos, int minimumSources) {
    List<Candidate> candidates =
        witnesses.stream().map(w -> w.candidate(now.rawNanos(), floorUnixNanos)).toList();
    Selection selection = Selection.of(candidates, minimumSources);
    List<Testimony> servers =
        witnesses.stream()
            .map(w ->
                Testimony.of(
                    w, candidate(candidates, w.name()), selection.fates().get(w.name()), now))
            .toList();
    DateDecision decision =
        selection
            .selected()
            .map(name -> followed(candidate(candidates, name), now))
            .orElseGet(() -> refused(selection, minimumSources));
    return new Finding(decision, servers);
  }

  private static Candidate candidate(List<Candidate> candidates, String name) {
    return candidates.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static DateDecision followed(Candidate best, ClockReading now) {
    double offset = (best.unixNanos() - now.unixNanos()) * 1e-9;
    return Math.abs(offset) <= best.rootDistance()
        ? new Keep(offset, best.rootDistance())
        : new Set(now.rawNanos(), best.unixNanos(), offset, best.rootDistance());
  }

  private static DateDecision refused(Selection selection, int minimumSources) {
    if (selection.fates().containsValue(Fate.TOO_FEW)) {
      long agreeing = selection.fates().values().stream().filter(Fate.TOO_FEW::equals).count();
      return new Refuse(
          "%d agree, and %d are asked for; name more servers, or ask for fewer to agree"
              .formatted(agreeing, minimumSources));
    }
    if (selection.fates().containsValue(Fate.NO_MAJORITY)) {
      return new Refuse(
          "the servers disagree, and which of them is right cannot be told; name more servers");
    }
    return new Refuse("no server gives a time that can be used; name others");
  }
}
