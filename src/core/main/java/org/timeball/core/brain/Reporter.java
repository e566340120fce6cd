package org.timeball.core.brain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.timeball.core.ClockReading;
import org.timeball.core.ServerState;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.control.Why;
import org.timeball.core.leap.LeapPlan;
import org.timeball.core.nts.client.NtsSession;
import org.timeball.core.select.Fate;
import org.timeball.core.source.Belief;
import org.timeball.core.source.BroadcastNetwork;
import org.timeball.core.source.Reception;
import org.timeball.core.source.RefclockSource;
import org.timeball.core.source.ServerSource;
import org.timeball.core.source.TimeSource;
import org.timeball.time.Leap;

/** Gathers what the parts of the brain know into one {@link StatusReport}. */
record Reporter(
    List<RefclockSource> sources,
    List<ServerSource> servers,
    List<StatusReport.Broadcast> broadcasts,
    List<BroadcastNetwork> networks,
    Collection<LineRecord> lines,
    Truth truth,
    Progress progress,
    ClockSteering steering,
    Publisher publisher,
    LeapPlan leapPlan) {

  /** Holdover is not forecast further than this. */
  private static final double LONGEST_FORECAST = 30 * 86_400.0;

  private static final double HOUR = 3600;
  private static final double MILLISECOND = 1e-3;

  StatusReport report(
      ClockReading now,
      long interferences,
      double holdoverBound,
      List<StatusReport.Message> messages) {
    StatusReport bare =
        new StatusReport(
            synchronisation(now, holdoverBound),
            clock(now, interferences),
            Optional.empty(),
            holdover(now),
            leapPlan.trouble(),
            sources.stream().map(s -> source(s, now)).toList(),
            servers.stream().map(s -> server(s, now)).toList(),
            lines.stream().map(l -> refclock(l, now)).toList(),
            broadcasts,
            networks.stream().map(Reporter::network).toList(),
            messages,
            List.of());
    return new StatusReport(
        bare.system(),
        bare.clock(),
        bare.temperature(),
        bare.holdover(),
        bare.leapTrouble(),
        bare.sources(),
        bare.servers(),
        bare.refclocks(),
        bare.broadcasts(),
        bare.networks(),
        bare.messages(),
        Why.explain(bare));
  }

  private StatusReport.Synchronisation synchronisation(ClockReading now, double holdoverBound) {
    ServerState said = publisher.published();
    Optional<Belief> belief = truth.belief().map(b -> b.at(now.rawNanos()));
    OptionalDouble offset = optional(belief.map(b -> b.offset(now)));
    OptionalDouble bound = optional(belief.map(Belief::bound));
    boolean holding = progress.state() == State.HOLDOVER;
    return new StatusReport.Synchronisation(
        progress.state(),
        said.leap(),
        said.stratum(),
        said.referenceId().toString(),
        said.referenceUnixNanos(),
        truth.isHeard() ? truth.followed().map(TimeSource::name) : Optional.empty(),
        offset,
        bound.isPresent()
            ? OptionalDouble.of(bound.getAsDouble() + Math.abs(offset.orElse(0)))
            : bound,
        said.rootDelay(),
        said.rootDispersionAt(now.unixNanos()),
        progress.sinceRaw(),
        holding ? untilLost(belief.orElseThrow(), holdoverBound) : OptionalDouble.empty());
  }

  private Optional<StatusReport.Holdover> holdover(ClockReading now) {
    return truth
        .belief()
        .map(b -> b.at(now.rawNanos()))
        .map(b ->
            new StatusReport.Holdover(
                b.at(now.rawNanos() + (long) (HOUR * 1e9)).bound(),
                untilLost(b, MILLISECOND).orElse(0),
                truth.rehearsals().outcomes()));
  }

  /** Seconds until a belief's bound reaches a limit, to a percent. */
  private static OptionalDouble untilLost(Belief belief, double limit) {
    double low = 0;
    double high = LONGEST_FORECAST;
    long from = belief.rawNanos();
    if (belief.at(from + (long) (high * 1e9)).bound() < limit) {
      return OptionalDouble.of(high);
    }
    while (high - low > 1 + high / 100) {
      double middle = (low + high) / 2;
      if (belief.at(from + (long) (middle * 1e9)).bound() < limit) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of(low);
  }

  private StatusReport.Clock clock(ClockReading now, long interferences) {
    Optional<Belief> belief = truth.belief();
    return new StatusReport.Clock(
        now.rawNanos(),
        now.unixNanos(),
        Double.isNaN(steering.frequency())
            ? OptionalDouble.empty()
            : OptionalDouble.of(steering.frequency()),
        optional(belief.map(b -> b.estimate().frequency())),
        optional(belief.map(b -> b.estimate().frequencySigma())),
        optional(belief.map(b -> b.estimate().wander())),
        steering.steps(),
        interferences,
        steering.refusal(now.rawNanos()));
  }

  private StatusReport.Source source(RefclockSource s, ClockReading now) {
    Optional<Belief> belief = s.belief(now.rawNanos());
    long[] counts = s.counts();
    return new StatusReport.Source(
        s.name(),
        s.settings().refclock().labels(),
        s.settings().refclock().pulses(),
        s.settings().referenceId().toString(),
        s.state(now.rawNanos()),
        truth.selection().fates().getOrDefault(s.name(), Fate.NOT_PROVEN),
        s.pairing(now.rawNanos()),
        s.jump(),
        s.settings().standing(),
        0,
        s.reach().bits(),
        optional(belief.map(b -> b.offset(now))),
        optional(belief.map(Belief::bound)),
        belief.map(Belief::basis),
        s.refclock().view(now.rawNanos()),
        counts[0],
        counts[1],
        counts[2]);
  }

  private StatusReport.Server server(ServerSource s, ClockReading now) {
    Optional<Belief> belief = s.belief(now.rawNanos());
    Optional<Reception.Server> says = s.server();
    return new StatusReport.Server(
        s.name(),
        s.address(),
        s.state(now.rawNanos()),
        truth.selection().fates().getOrDefault(s.name(), Fate.NOT_PROVEN),
        s.standing(),
        says.map(Reception.Server::stratum).orElse(0),
        says.map(p -> p.stratum() > 1 ? p.referenceId().dottedQuad() : p.referenceId().toString())
            .orElse(""),
        says.map(Reception.Server::leap).orElse(Leap.UNSYNCHRONIZED),
        s.association().reach(),
        s.association().pollExponent(),
        optional(belief.map(b -> b.offset(now))),
        optional(belief.map(Belief::bound)),
        optional(s.delay()),
        optional(says.map(Reception.Server::rootDelay)),
        optional(says.map(Reception.Server::rootDispersion)),
        s.tally().asked(),
        s.tally().used(),
        s.tally().outliers(),
        s.association().interleavedReplies(),
        s.tally().dropped(),
        s.association().refusal(),
        s.trouble(),
        s.nts().map(NtsSession::status));
  }

  private static StatusReport.Network network(BroadcastNetwork n) {
    return new StatusReport.Network(
        n.settings().name(), n.heard(), n.members().size(), n.tally().dropped(), n.trouble());
  }

  private static StatusReport.Refclock refclock(LineRecord line, ClockReading now) {
    return new StatusReport.Refclock(
        line.name(),
        line.up(),
        line.reason(),
        line.sinceHeardSeconds(now.rawNanos()),
        line.octets(),
        line.labels(),
        line.pulses(),
        line.rejected(),
        line.health());
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
