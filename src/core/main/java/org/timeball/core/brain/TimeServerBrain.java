package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.timeball.core.Action;
import org.timeball.core.Brain;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.ServerState;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.source.Belief;
import org.timeball.core.temperature.SteadyScale;
import org.timeball.core.temperature.TemperatureModel;

/**
 * The brain of a time server. Owns every mutable object of {@code core}; belongs to one thread.
 *
 * <p>What comes in is put on a scale from which the oscillator's temperature has been taken out,
 * and what goes out is put back: the {@link TimeKeeper} that decides lives on that scale. Without
 * readings of a temperature the two scales are the same.
 */
public final class TimeServerBrain implements Brain {
  /** A smaller change of the temperature's effect moves the clock by a nanosecond in a minute. */
  private static final double SMALLEST_CHANGE = 1e-11;

  private final TimeKeeper keeper;
  private final SteadyScale scale = new SteadyScale();
  private final TemperatureModel temperature;
  private double frequency = Double.NaN;

  /** The last measurement that the temperature was compared with. */
  private long learnedFromRaw = Long.MIN_VALUE;

  /**
   * @param learnedState what an earlier run saved by {@link Action.SaveState}; empty if nothing.
   *     What cannot be used is ignored with a notice
   * @param keys hold every key that a server's settings name
   * @param nonces numbers that nobody can guess
   * @param nts for servers that are asked with Network Time Security
   */
  public TimeServerBrain(
      BrainSettings settings,
      String learnedState,
      PacketKeys keys,
      LongSupplier nonces,
      NtsSetup nts) {
    LearnedState restored = LearnedState.parse(learnedState);
    keeper = new TimeKeeper(settings, restored, keys, nonces, nts);
    temperature = new TemperatureModel(restored.warmth());
  }

  /**
   * Other sources from now on, and other networks to send to. Those whose settings are as they were
   * keep what they know.
   *
   * @param after only its sources and networks are looked at
   * @param keys hold every key that a server's settings name
   */
  public void changeSources(BrainSettings after, PacketKeys keys, ClockReading now) {
    keeper.changeSources(after, keys, steady(now));
  }

  @Override
  public List<Action> handle(Event event, ClockReading now) {
    List<Action> actions = new ArrayList<>();
    if (event instanceof Event.Temperature reading
        && TemperatureModel.isPlausible(reading.celsius())) {
      temperature.read(now.rawNanos(), reading.celsius());
      compensate(now.rawNanos(), actions);
    }
    for (Action action : keeper.handle(steady(event), steady(now))) {
      actions.add(onRaw(action));
    }
    learn(now);
    return actions;
  }

  /** The scale goes on at another rate, and so must the clock. */
  private void compensate(long raw, List<Action> actions) {
    if (Math.abs(temperature.compensation() - scale.rate()) >= SMALLEST_CHANGE) {
      scale.setRate(raw, temperature.compensation());
      if (!Double.isNaN(frequency)) {
        actions.add(new Action.SetFrequency(onRaw(frequency)));
      }
    }
  }

  private void learn(ClockReading now) {
    Optional<Belief> belief = keeper.heard();
    if (keeper.state() != State.SYNCHRONISED
        || belief.isEmpty()
        || belief.get().origin().rawNanos() == learnedFromRaw) {
      return;
    }
    learnedFromRaw = belief.get().origin().rawNanos();
    Belief current = belief.get().at(scale.steady(now.rawNanos()));
    temperature.learn(now.rawNanos(), current.unixNanos(), current.estimate().phaseSigma());
  }

  private ClockReading steady(ClockReading reading) {
    return new ClockReading(scale.steady(reading.rawNanos()), reading.unixNanos());
  }

  private Event steady(Event event) {
    return switch (event) {
      case Event.Label l ->
          new Event.Label(
              l.refclock(),
              l.utc(),
              l.kind(),
              scale.steady(l.startRawNanos()),
              scale.steady(l.endRawNanos()),
              l.leap(),
              l.vouched());
      case Event.Pulse p -> new Event.Pulse(p.refclock(), scale.steady(p.rawNanos()), p.sequence());
      case Event.Sample s ->
          new Event.Sample(
              s.refclock(),
              scale.steady(s.rawNanos()),
              s.unixNanos(),
              s.uncertaintySeconds(),
              s.leap());
      case Event.Reply r ->
          new Event.Reply(
              r.source(),
              r.requestTransmit(),
              scale.steady(r.sentRawNanos()),
              scale.steady(r.receivedRawNanos()),
              r.packet());
      case Event.Departed d ->
          new Event.Departed(d.source(), d.transmit(), steady(d.left()), d.stamped());
      case Event.PeerPacket p -> new Event.PeerPacket(p.source(), steady(p.received()), p.packet());
      case Event.GroupPacket g ->
          new Event.GroupPacket(g.source(), g.sender(), steady(g.received()), g.packet());
      case Event.WakeUp e -> e;
      case Event.Temperature e -> e;
      case Event.Health e -> e;
      case Event.Line e -> e;
      case Event.Rejected e -> e;
      case Event.Octets e -> e;
      case Event.LeapFile e -> e;
      case Event.ClockRefused e -> e;
      case Event.Interference e -> e;
      case Event.Precision e -> e;
      case Event.Resolved e -> e;
      case Event.Found e -> e;
      case Event.Unreachable e -> e;
      case Event.KeysGranted e -> e;
      case Event.KeysRefused e -> e;
    };
  }

  private Action onRaw(Action action) {
    switch (action) {
      case Action.SetFrequency(double set) -> {
        frequency = set;
        return new Action.SetFrequency(onRaw(set));
      }
      // The kernel's own loop sets the rate from then on.
      case Action.LockPhase lock -> frequency = Double.NaN;
      case Action.SaveState save -> {
        return new Action.SaveState(learnedState());
      }
      default -> {}
    }
    return action;
  }

  /** Frequency against the raw scale of what has this one against the steady scale. */
  private double onRaw(double onSteady) {
    double rate = scale.rate();
    return onSteady + rate + onSteady * rate;
  }

  @Override
  public long nextWakeRawNanos() {
    long next = keeper.nextWakeRawNanos();
    return next == Long.MAX_VALUE ? next : scale.raw(next);
  }

  /** What is worth keeping across a restart; see {@link Action.SaveState}. */
  public String learnedState() {
    return keeper.learnedState().with(scale.rate(), temperature.learned()).text();
  }

  /** Keys and cookies of Network Time Security, for an end in good order; a secret. */
  public String cookies() {
    return keeper.cookies();
  }

  /**
   * Asks servers or not, by the operator's word.
   *
   * @param name of a server or pool; empty for all of them
   * @return whether there are any by that name
   */
  public boolean setOnline(String name, boolean online, ClockReading now) {
    return keeper.setOnline(name, online, steady(now));
  }

  /** Everything there is to show. */
  public StatusReport status(ClockReading now) {
    StatusReport report = keeper.status(steady(now));
    return report.with(
        report.clock().on(this::onRaw),
        temperature
            .celsius()
            .filter(celsius -> temperature.isMeasured())
            .map(celsius ->
                new StatusReport.Temperature(
                    celsius,
                    temperature.slopePerDegree(),
                    temperature.slopeSigma(),
                    temperature.lagSeconds(),
                    scale.rate())));
  }

  /** How far the server has come. */
  public State state() {
    return keeper.state();
  }

  /** What replies say now. */
  public ServerState serverState() {
    return keeper.serverState();
  }
}
