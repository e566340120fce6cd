package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.ServerState;
import org.timeball.core.control.StatusReport;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.refclock.RefclockSettings;
import org.timeball.core.refclock.RefclockView;
import org.timeball.core.select.Standing;
import org.timeball.core.source.SourceSettings;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;
import org.timeball.time.UtcTime;

/**
 * A small world for stories about the brain: a true time, an oscillator, a steered clock and
 * receivers. Seeded; the same seed gives the same story.
 */
final class World {
  static final long SECOND = 1_000_000_000L;

  /** 2026-11-23T12:00:00Z. */
  static final long NOON = UtcTime.ofUnixNanos(1_795_435_200L * SECOND).unixNanos();

  /** 250 a second, as Debian's kernels have it. */
  private static final long KERNEL_TICK = SECOND / 250;

  static final long FLOOR = 1_790_000_000L * SECOND;

  /** Something that will happen, in nanoseconds of true elapsed time. */
  private record Happening(long at, long order, Runnable what) {}

  final Random random;
  final List<String> notices = new ArrayList<>();
  final List<Long> steps = new ArrayList<>();
  final List<String> saved = new ArrayList<>();
  final List<Leap> armed = new ArrayList<>();
  TimeServerBrain brain;
  ServerState served = ServerState.unsynchronized(-20);
  boolean clockObeys = true;

  private final PriorityQueue<Happening> agenda =
      new PriorityQueue<>((a, b) ->
          a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
  private long order;
  private final long startUnix;

  /** True time elapsed since the start. */
  private long elapsed;

  /** Where UTC was renumbered by a leap second, in elapsed nanoseconds; none if negative. */
  private long leapAt = -1;

  private long leapNanos;

  private double oscillatorError;
  private final double wander;
  private double rawExact = 5e9;
  private double clockExact;
  private long clockBase;
  private double clockFrequency;
  private Leap clockLeap = Leap.NONE;
  private long nextBrainWake = Long.MAX_VALUE;
  private boolean frozen;

  /** The largest error of the clock, in seconds, while the server claimed to be synchronised. */
  double largestServedError;

  /** Moments at which the error was larger than the root distance claimed. */
  int dishonestMoments;

  /** By name. */
  final Map<String, TestServer> servers = new HashMap<>();

  /** What names of pools stand for, and the servers by address. */
  final Map<String, List<String>> names = new HashMap<>();

  final Map<String, TestServer> hosts = new HashMap<>();
  final Map<String, Integer> lookUps = new HashMap<>();

  /** By name. */
  final Map<String, TestPeer> peers = new HashMap<>();

  /** What happens when keys are wanted of a source. */
  final Map<String, Consumer<Action.Establish>> keyServers = new HashMap<>();

  final List<Action.Direct> directions = new ArrayList<>();
  final List<String> cookies = new ArrayList<>();

  final List<Integer> tai = new ArrayList<>();

  /** One observation a second. */
  private record Observation(double seconds, boolean served, double error) {}

  private final List<Observation> observations = new ArrayList<>();

  World(long seed, long startUnix, double clockOffset, double oscillatorError, double wander) {
    this.random = new Random(seed);
    this.startUnix = startUnix;
    this.clockBase = startUnix + Math.round(clockOffset * 1e9);
    this.oscillatorError = oscillatorError;
    this.wander = wander;
  }

  /** The clock 0.3 s and 40 ppm wrong, a common oscillator. */
  static World seeded(long seed) {
    return new World(seed, NOON, 0.3, 40e-6, 1e-9);
  }

  static SourceSettings receiver(String name, String labels, String pulses) {
    return new SourceSettings(
        RefclockSettings.of(name, labels, pulses, FLOOR),
        ReferenceId.ofText("GPS"),
        Standing.PLAIN);
  }

  static BrainSettings one() {
    return BrainSettings.of(List.of(receiver("gps0", "gps0", "pps0")), -20);
  }

  World with(BrainSettings settings) {
    return with(settings, "");
  }

  World with(BrainSettings settings, String learned) {
    return with(settings, learned, NtsSetup.NONE);
  }

  World with(BrainSettings settings, String learned, NtsSetup nts) {
    brain = new TimeServerBrain(settings, learned, PacketKeys.NONE, random::nextLong, nts);
    deliver(new Event.WakeUp());
    every(1.0, 0.5, this::observe);
    return this;
  }

  TestReceiver receiver() {
    TestReceiver receiver = new TestReceiver(this, "gps0", "pps0");
    receiver.start();
    return receiver;
  }

  /** A server that time can be taken from; to be in the settings by the same name. */
  TestServer server(String name) {
    TestServer server = new TestServer(this, name);
    servers.put(name, server);
    return server;
  }

  /** A server that a pool may stand for. */
  TestServer host(String address) {
    TestServer server = new TestServer(this, address);
    hosts.put(address, server);
    return server;
  }

  /** A peer; to be in the settings by the same name. */
  TestPeer peer(String name) {
    TestPeer peer = new TestPeer(this, name);
    peers.put(name, peer);
    return peer;
  }

  /** Leap second: from then on UTC is renumbered. */
  void leap(long midnightUnix, long nanos) {
    leapAt = nanos < 0 ? midnightUnix - startUnix : midnightUnix - startUnix - SECOND;
    leapNanos = nanos;
  }

  /** True UTC as Unix nanoseconds at an elapsed time: a leap second repeats 23:59:59. */
  long utc(long atElapsed) {
    return startUnix + atElapsed + (leapAt >= 0 && atElapsed >= leapAt ? leapNanos : 0);
  }

  boolean inLeapSecond(long atElapsed) {
    return leapNanos < 0 && leapAt >= 0 && atElapsed >= leapAt && atElapsed < leapAt + SECOND;
  }

  long elapsed() {
    return elapsed;
  }

  void at(double seconds, Runnable what) {
    agenda.add(new Happening(Math.round(seconds * 1e9), order++, what));
  }

  void atElapsed(long nanos, Runnable what) {
    agenda.add(new Happening(nanos, order++, what));
  }

  void every(double interval, double first, Runnable what) {
    at(
        first,
        () -> {
          what.run();
          double missed = Math.floor((elapsed * 1e-9 - first) / interval + 1e-6);
          every(interval, first + (missed + 1) * interval, what);
        });
  }

  /** Runs until so many seconds have passed since the start. */
  World until(double seconds) {
    long end = Math.round(seconds * 1e9);
    while (true) {
      Happening next = agenda.peek();
      long wake = frozen ? Long.MAX_VALUE : elapsedOfRaw(nextBrainWake);
      if ((next == null || next.at() > end) && wake > end) {
        advance(end);
        return this;
      }
      if (next == null || wake < next.at()) {
        advance(Math.max(elapsed, wake));
        deliver(new Event.WakeUp());
      } else {
        agenda.remove();
        advance(Math.max(elapsed, next.at()));
        next.what().run();
      }
    }
  }

  private long elapsedOfRaw(long raw) {
    return raw == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : elapsed + (long) Math.ceil((raw - rawExact) * (1 + oscillatorError));
  }

  private void advance(long to) {
    double seconds = (to - elapsed) * 1e-9;
    if (seconds <= 0) {
      return;
    }
    double rawStep = (to - elapsed) / (1 + oscillatorError);
    rawExact += rawStep;
    clockExact += rawStep * (1 + clockFrequency);
    oscillatorError += wander * Math.sqrt(seconds) * random.nextGaussian();
    elapsed = to;
    clockLeaps();
  }

  /** The clock's own leap, as a kernel does it: with the first tick of the second. */
  private void clockLeaps() {
    long day = 86_400 * SECOND;
    long ofDay = Math.floorMod(clock() - KERNEL_TICK, day);
    if (clockLeap == Leap.INSERT && ofDay < SECOND) {
      clockBase -= SECOND;
      clockLeap = Leap.UNSYNCHRONIZED;
    } else if (clockLeap == Leap.DELETE && ofDay >= day - SECOND) {
      clockBase += SECOND;
      clockLeap = Leap.UNSYNCHRONIZED;
    }
  }

  long raw() {
    return Math.round(rawExact);
  }

  /** The raw scale at a moment so many nanoseconds ago. */
  long rawBefore(long nanos) {
    return Math.round(rawExact - nanos);
  }

  long clock() {
    return clockBase + Math.round(clockExact);
  }

  ClockReading reading() {
    return new ClockReading(raw(), clock());
  }

  /** Clock minus true time in seconds. */
  double error() {
    return (clock() - utc(elapsed)) * 1e-9;
  }

  /** The brain does not run; what happens meanwhile is lost. */
  void freeze(boolean stopped) {
    frozen = stopped;
  }

  void moveClock(double seconds) {
    clockBase += Math.round(seconds * 1e9);
    deliver(new Event.Interference(Math.round(seconds * 1e9)));
  }

  /** The machine sleeps: its counter stands still, its clock is set from elsewhere. */
  void suspend(double seconds) {
    elapsed += Math.round(seconds * 1e9);
    clockBase += Math.round(seconds * 1e9);
    deliver(new Event.Interference(Math.round(seconds * 1e9)));
  }

  void deliver(Event event) {
    if (frozen) {
      return;
    }
    for (Action action : brain.handle(event, reading())) {
      carryOut(action);
    }
    nextBrainWake = brain.nextWakeRawNanos();
  }

  private void carryOut(Action action) {
    switch (action) {
      case Action.SetFrequency(double f) -> {
        if (clockObeys) {
          clockFrequency = f;
        }
      }
      case Action.LockPhase lock ->
          throw new IllegalStateException("no world here lets the kernel steer, yet " + lock);
      case Action.Step(long nanos) -> {
        if (clockObeys) {
          clockBase += nanos;
          steps.add(nanos);
        } else {
          at(
              elapsed * 1e-9,
              () -> deliver(new Event.ClockRefused("not permitted; grant CAP_SYS_TIME")));
        }
      }
      case Action.ReportQuality quality -> {}
      case Action.ArmLeap(Leap leap) -> {
        armed.add(leap);
        clockLeap = leap;
      }
      case Action.SetTai(int seconds) -> tai.add(seconds);
      case Action.Publish(ServerState state) -> served = state;
      case Action.Ask question -> servers.get(question.source()).ask(question);
      case Action.LookUp(String pool) -> {
        lookUps.merge(pool, 1, Integer::sum);
        at(
            elapsed * 1e-9 + 0.05,
            () ->
                deliver(
                    names.containsKey(pool)
                        ? new Event.Found(pool, names.get(pool))
                        : new Event.Unreachable(pool, "the name cannot be looked up", false)));
      }
      case Action.Enlist(String source, String pool, String address) ->
          servers.put(source, hosts.get(address).named(source));
      case Action.Dismiss(String source) -> servers.remove(source);
      case Action.Transmit packet -> peers.get(packet.source()).receive(packet);
      case Action.Notice notice -> notices.add(notice.sentence());
      case Action.SaveState(String text) -> saved.add(text);
      case Action.Establish wish -> keyServers.get(wish.source()).accept(wish);
      case Action.Direct direction -> directions.add(direction);
      case Action.KeepCookies(String text) -> cookies.add(text);
    }
  }

  private void observe() {
    double error = Math.abs(error());
    observations.add(new Observation(elapsed * 1e-9, isServed(), error));
    if (served.leap() == Leap.UNSYNCHRONIZED || frozen) {
      return;
    }
    largestServedError = Math.max(largestServedError, error);
    if (error > served.rootDelay() / 2 + served.rootDispersionAt(clock())) {
      dishonestMoments++;
    }
  }

  boolean isServed() {
    return served.leap() != Leap.UNSYNCHRONIZED && served.stratum() <= 15;
  }

  /** The largest error of the clock in seconds, served or not, after a moment. */
  double largestErrorAfter(double seconds) {
    return observations.stream()
        .filter(o -> o.seconds() > seconds)
        .mapToDouble(Observation::error)
        .max()
        .orElseThrow();
  }

  boolean servedWithoutBreakSince(double seconds) {
    return observations.stream().filter(o -> o.seconds() > seconds).allMatch(Observation::served);
  }

  StatusReport status() {
    return brain.status(reading());
  }

  List<String> why() {
    return status().why();
  }

  /** What the first receiver's status says of a kind of sentence. */
  RefclockView.Kind latenessOf(String kind) {
    return status().sources().getFirst().receiver().kinds().stream()
        .filter(k -> k.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  double clockFrequency() {
    return clockFrequency;
  }

  String log() {
    return String.join("\n", notices);
  }
}
