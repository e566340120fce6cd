package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.timeball.core.Action;
import org.timeball.core.Brain;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.NearLeap;
import org.timeball.core.Notices;
import org.timeball.core.ServerState;
import org.timeball.core.broadcast.BroadcastServers;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.leap.LeapPlan;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.refclock.Reckoning;
import org.timeball.core.source.Belief;
import org.timeball.core.source.RefclockSource;
import org.timeball.core.source.TimeSource;
import org.timeball.core.temperature.LearnedWarmth;
import org.timeball.time.Leap;

/**
 * What decides in the brain, on a raw scale that may be steadier than the oscillator. Owns every
 * mutable object but those of the temperature; belongs to one thread.
 *
 * <p>One turn: the event goes to the source it is for; sources are selected from; the state moves
 * on; the clock is corrected; what replies say is published. Each step has its own class.
 */
final class TimeKeeper implements Brain {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** How often what replies say is renewed while nothing happens. */
  private static final long TICK_NANOS = NANOS_PER_SECOND;

  /** Interval of the reach register; the poll exponent 4 of a reference clock. */
  private static final long REACH_NANOS = 16 * NANOS_PER_SECOND;

  /** Chosen: long enough for a step to have been made, short for those who wait. */
  private static final long AFTER_STEP_NANOS = NANOS_PER_SECOND / 20;

  /** So much later than it was to be, a turn comes after a pause that hid what happened. */
  private static final long PAUSE_NANOS = 10 * NANOS_PER_SECOND;

  /** The largest offset with which a clock is served, whatever may be stepped: STEPT. */
  private static final double NEAR = 0.128;

  private enum Timer {
    TICK,
    REACH,
    SETTLE,
    SAVE
  }

  private final BrainSettings settings;
  private final Notices notices = new Notices();
  private final TimerHeap<Timer> timers = new TimerHeap<>();
  private final Receivers receivers;
  private final Upstreams upstreams;
  private final BroadcastServers broadcasts;
  private final Present present;
  private final LearnedState restored;
  private final Truth truth;
  private final StandbyNews standbyNews;
  private final Progress progress;
  private final ClockSteering steering;
  private final LeapPlan leapPlan = new LeapPlan();
  private final MessageLog messages = new MessageLog();
  private final Publisher publisher;
  private boolean started;
  private long lastTurnRaw;
  private long interferences;
  private boolean beliefChanged;
  private boolean tick;

  /**
   * @param restored what an earlier run learned
   * @param keys hold every key that a server's settings name
   * @param nonces numbers that nobody can guess
   * @param nts for servers that are asked with Network Time Security
   */
  TimeKeeper(
      BrainSettings settings,
      LearnedState restored,
      PacketKeys keys,
      LongSupplier nonces,
      NtsSetup nts) {
    this.settings = settings;
    this.restored = restored;
    this.receivers =
        new Receivers(settings, restored.lateness(), leapPlan, this::reckoning, notices);
    this.upstreams = new Upstreams(settings.servers(), keys, nonces, nts, notices);
    this.broadcasts = new BroadcastServers(notices);
    this.present = Present.of(settings, restored, nts);
    this.truth = new Truth(this::allSources, settings.minimumSources(), settings.role());
    this.standbyNews = new StandbyNews(settings.role().standby(), notices);
    this.progress = new Progress(settings.holdoverBound(), notices);
    this.steering = new ClockSteering(settings.steering(), notices);
    this.publisher = new Publisher(settings.precisionExponent());
    restored.leap().ifPresent(leapPlan::remember);
    truth.rehearsals().restore(restored.rehearsals());
  }

  private Optional<Reckoning> reckoning(long raw) {
    return truth.reckoning(raw);
  }

  /**
   * Other sources from now on, and other networks to send to. Those whose settings are as they were
   * keep what they know.
   *
   * @param after only its sources and networks are looked at
   * @param keys hold every key that a server's settings name
   */
  void changeSources(BrainSettings after, PacketKeys keys, ClockReading now) {
    receivers.change(after.sources());
    upstreams.change(after.servers(), keys, now.rawNanos());
    broadcasts.change(after.broadcasts(), now.rawNanos());
    leapPlan.keepOnly(allSources().stream().map(TimeSource::name).collect(Collectors.toSet()));
    beliefChanged = true;
  }

  @Override
  public List<Action> handle(Event event, ClockReading now) {
    List<Action> actions = new ArrayList<>();
    if (!started) {
      start(now, actions);
    } else if (now.rawNanos() - lastTurnRaw > PAUSE_NANOS) {
      pause(now, actions);
    }
    lastTurnRaw = now.rawNanos();
    take(event, now);
    runTimers(now, actions);
    actions.addAll(upstreams.poll(now, () -> present(now.rawNanos()), publisher.published()));
    turn(now, actions);
    actions.addAll(broadcasts.poll(now, publisher.published()));
    for (Action.Notice notice : notices.drain()) {
      messages.add(now.rawNanos(), notice);
      actions.add(notice);
    }
    return actions;
  }

  @Override
  public long nextWakeRawNanos() {
    return Math.min(
        timers.nextRawNanos(), Math.min(upstreams.nextRawNanos(), broadcasts.nextRawNanos()));
  }

  private void start(ClockReading now, List<Action> actions) {
    started = true;
    restored.complaints().forEach(complaint -> notices.warning("%s", complaint));
    actions.addAll(steering.start(restored.frequency().orElse(0)));
    timers.schedule(Timer.TICK, now.rawNanos());
    timers.schedule(Timer.REACH, now.rawNanos() + REACH_NANOS);
    scheduleSave(now);
    upstreams.start(now.rawNanos());
    broadcasts.change(settings.broadcasts(), now.rawNanos());
  }

  private RoughTime present(long raw) {
    return present.at(raw, truth.belief(), receivers.sources());
  }

  private List<TimeSource> allSources() {
    return Stream.<TimeSource>concat(receivers.sources().stream(), upstreams.sources().stream())
        .toList();
  }

  private void scheduleSave(ClockReading now) {
    timers.schedule(
        Timer.SAVE, now.rawNanos() + Math.round(settings.saveInterval() * NANOS_PER_SECOND));
  }

  /** The process stood still or the machine slept: second and phase are to be proven anew. */
  private void pause(ClockReading now, List<Action> actions) {
    double seconds = (now.rawNanos() - lastTurnRaw) * 1e-9;
    notices.warning(
        "nothing ran for %.0f s: not synchronised until the clock has been verified", seconds);
    actions.addAll(steering.settle());
    timers.cancel(Timer.SETTLE);
    allSources().forEach(TimeSource::forgetPhase);
    upstreams.hurry(now.rawNanos());
    truth.forget();
    progress.verify(now.rawNanos());
    tick = true;
  }

  private void take(Event event, ClockReading now) {
    long raw = now.rawNanos();
    switch (event) {
      case Event.WakeUp() -> {}
      case Event.Temperature(double celsius) -> {}
      case Event.Label label -> beliefChanged |= receivers.onLabel(label, raw);
      case Event.Pulse pulse -> beliefChanged |= receivers.onPulse(pulse, raw);
      case Event.Sample sample -> beliefChanged |= receivers.onSample(sample, raw);
      case Event.Health health -> receivers.onHealth(health);
      case Event.Line change -> receivers.onLine(change);
      case Event.Octets octets -> receivers.onOctets(octets, raw);
      case Event.Rejected rejected -> receivers.onRejected(rejected);
      case Event.LeapFile file -> leapPlan.read(file.text(), notices);
      case Event.ClockRefused refused -> steering.refused(refused.reason(), raw);
      case Event.Reply reply -> beliefChanged |= upstreams.onReply(reply, now);
      case Event.Departed departed -> {
        upstreams.onDeparted(departed);
        broadcasts.onDeparted(departed);
      }
      case Event.PeerPacket packet -> beliefChanged |= upstreams.onPeerPacket(packet, now);
      case Event.GroupPacket packet -> beliefChanged |= upstreams.onGroupPacket(packet, now);
      case Event.Resolved resolved -> upstreams.onResolved(resolved);
      case Event.Unreachable unreachable -> {
        upstreams.onUnreachable(unreachable);
        broadcasts.onUnreachable(unreachable);
      }
      case Event.Found found -> upstreams.onFound(found, raw);
      case Event.KeysGranted granted -> upstreams.onGranted(granted, present(raw), raw);
      case Event.KeysRefused refused -> upstreams.onRefused(refused);
      case Event.Interference interference -> interference(interference, raw);
      case Event.Precision(int exponent) -> publisher.precision(exponent);
    }
  }

  /** Somebody moved the clock: what we believe of true time stands, the clock is to be checked. */
  private void interference(Event.Interference event, long raw) {
    interferences++;
    notices.error(
        "clock: somebody else moved it by %+.6f s; not synchronised until verified. Stop other"
            + " programs that set the clock",
        event.stepNanos() * 1e-9);
    receivers.ignoreBefore(raw);
    timers.cancel(Timer.SETTLE);
    allSources().forEach(TimeSource::demandProof);
    clockStepped();
    upstreams.hurry(raw);
    receivers.sources().forEach(s -> s.expectJump(event.stepNanos() * 1e-9, raw));
    progress.verify(raw);
    tick = true;
  }

  private void clockStepped() {
    upstreams.clockStepped();
    broadcasts.clockStepped();
  }

  private void runTimers(ClockReading now, List<Action> actions) {
    for (Optional<Timer> due = timers.takeDue(now.rawNanos());
        due.isPresent();
        due = timers.takeDue(now.rawNanos())) {
      switch (due.get()) {
        case TICK -> {
          tick = true;
          receivers.sources().forEach(s -> s.watch(now.rawNanos()));
          upstreams.watch(now.rawNanos(), truth.selection());
          timers.schedule(Timer.TICK, now.rawNanos() + TICK_NANOS);
        }
        case REACH -> {
          receivers.sources().forEach(RefclockSource::shiftReach);
          tick = true;
          timers.schedule(Timer.REACH, now.rawNanos() + REACH_NANOS);
        }
        case SETTLE -> actions.addAll(steering.settle());
        case SAVE -> {
          actions.add(new Action.SaveState(learnedState().text()));
          actions.addAll(upstreams.setCookiesAside());
          scheduleSave(now);
        }
      }
    }
  }

  private void turn(ClockReading now, List<Action> actions) {
    if (!beliefChanged && !tick) {
      return;
    }
    truth.update(now.rawNanos());
    standbyNews.tell(truth);
    Leap leap = leap(now, actions);
    ClockReading clock = now;
    progress.advance(facts(clock), now.rawNanos());
    if (progress.state() == State.LOST && receivers.startAnewIfJumped(now.rawNanos())) {
      truth.forget();
    }
    if (progress.state() == State.SYNCHRONISED) {
      truth.belief().ifPresent(b -> upstreams.confirm(Present.known(b)));
    }
    boolean settled = truth.belief().filter(b -> !leapPlan.isUnsettled(b.unixNanos())).isPresent();
    if (beliefChanged && settled && progress.isSteered()) {
      clock = steer(now, actions);
    }
    ClockReading corrected = clock;
    double offset = truth.belief().map(b -> servedOffset(b, corrected)).orElse(0.0);
    Optional<NearLeap> near =
        truth
            .belief()
            .flatMap(b -> leapPlan.near(now.rawNanos(), b.at(now.rawNanos()).unixNanos()));
    actions.addAll(publisher.publish(progress, truth, leap, near, clock, offset));
    beliefChanged = false;
    tick = false;
  }

  private ClockReading steer(ClockReading now, List<Action> actions) {
    actions.addAll(steering.correct(now, truth.belief().orElseThrow().estimate()));
    publisher.corrected();
    steering
        .settleAtRaw()
        .ifPresentOrElse(
            at -> timers.schedule(Timer.SETTLE, at), () -> timers.cancel(Timer.SETTLE));
    if (steering.steppedNanos() != 0) {
      clockStepped();
      // Whether the clock obeyed is seen when it is read again: soon, and not sooner.
      timers.schedule(Timer.TICK, now.rawNanos() + AFTER_STEP_NANOS);
    }
    return new ClockReading(now.rawNanos(), now.unixNanos() + steering.steppedNanos());
  }

  private Leap leap(ClockReading now, List<Action> actions) {
    if (truth.belief().isEmpty()) {
      return Leap.NONE;
    }
    long unix = truth.belief().get().unixNanos();
    Optional<Long> renumbering = leapPlan.takeRenumbering(unix);
    if (renumbering.isPresent()) {
      truth.shift(renumbering.get(), now.rawNanos());
      unix += renumbering.get();
      notices.info(
          "leap second: UTC has been renumbered by %+d s", renumbering.get() / NANOS_PER_SECOND);
    }
    leapPlan.watchExpiry(unix, notices);
    leapPlan.servers(truth.leapsOfServers());
    Leap leap = leapPlan.decide(unix);
    leapPlan.watchAnnouncements(unix, notices);
    boolean settled = !leapPlan.isUnsettled(unix);
    actions.addAll(publisher.leap(leap, settled, leapPlan.taiMinusUtc(unix)));
    if (leapPlan.takeNews()) {
      timers.schedule(Timer.SAVE, now.rawNanos());
    }
    return leap;
  }

  private Progress.Facts facts(ClockReading clock) {
    Optional<Belief> belief = truth.belief();
    double near =
        Math.min(
            NEAR,
            steering.hasAcquired()
                ? settings.steering().stepThreshold()
                : settings.steering().initialStepThreshold());
    return new Progress.Facts(
        belief.isPresent(),
        truth.isHeard(),
        belief.map(b -> servedOffset(b, clock)).orElse(0.0),
        belief.map(Belief::bound).orElse(0.0),
        near,
        truth.followed().map(TimeSource::name).orElse(""));
  }

  /**
   * True time minus the clock in seconds. A kernel leaps with the first tick after the moment:
   * until it has, the clock and the truth differ by the leap second, which is no error of the
   * clock.
   */
  private double servedOffset(Belief belief, ClockReading clock) {
    double offset = belief.offset(clock);
    return leapPlan.isUnsettled(belief.unixNanos()) ? offset - Math.rint(offset) : offset;
  }

  /** What is worth keeping across a restart; see {@link Action.SaveState}. */
  LearnedState learnedState() {
    OptionalDouble frequency =
        progress.isServed()
            ? OptionalDouble.of(truth.belief().orElseThrow().estimate().frequency())
            : restored.frequency();
    return new LearnedState(
        frequency,
        receivers.learned(),
        progress.isServed() ? truth.belief().map(Belief::unixNanos) : restored.lastKnown(),
        leapPlan.latest(),
        truth.rehearsals().outcomes(),
        LearnedWarmth.NOTHING,
        List.of());
  }

  /** Keys and cookies of Network Time Security, for an end in good order; a secret. */
  String cookies() {
    return upstreams.cookies();
  }

  /**
   * Asks servers or not, by the operator's word.
   *
   * @param name of a server or pool; empty for all of them
   * @return whether there are any by that name
   */
  boolean setOnline(String name, boolean online, ClockReading now) {
    tick = true;
    return upstreams.setOnline(name, online, now.rawNanos());
  }

  /** Everything there is to show. */
  StatusReport status(ClockReading now) {
    return new Reporter(
            receivers.sources(),
            upstreams.sources(),
            broadcasts.status(),
            upstreams.networks(),
            receivers.lines(),
            truth,
            progress,
            steering,
            publisher,
            leapPlan)
        .report(now, interferences, settings.holdoverBound(), messages.all());
  }

  /** What is believed of true time, while a source is heard. */
  Optional<Belief> heard() {
    return truth.isHeard() ? truth.belief() : Optional.empty();
  }

  /** How far the server has come. */
  State state() {
    return progress.state();
  }

  /** What replies say now. */
  ServerState serverState() {
    return publisher.published();
  }
}
