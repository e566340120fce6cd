package org.timeball.sim.node;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.ServerState;
import org.timeball.core.SystemClock;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.core.brain.BrainSettings;
import org.timeball.core.brain.NtsSetup;
import org.timeball.core.brain.TimeServerBrain;
import org.timeball.core.control.StatusReport;
import org.timeball.core.leap.Smear;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.sim.receiver.ReceiverSettings;
import org.timeball.sim.world.Datagram;
import org.timeball.sim.world.Node;
import org.timeball.sim.world.Trace;
import org.timeball.sim.world.World;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/**
 * A machine that runs what the daemon runs: its brain, its responder and, if there is a receiver,
 * its drivers. This class stands where the daemon's threads stand, and no time passes while it
 * works.
 */
public final class BrainNode implements Node {
  private static final int FIRST_PORT = 40_000;

  /** The address of node N is 192.168.123.N, as in clknetsim. */
  private static final int NETWORK = 192 << 24 | 168 << 16 | 123 << 8;

  private static final String NODE = "node";

  private final int number;
  private final SystemClock clock;
  private final Consumer<Datagram> network;
  private final Trace trace;
  private final TimeServerBrain brain;
  private final ServerNode responder;
  private final long startRawNanos;
  private final Queue<Event> refusals = new ArrayDeque<>();
  private final Map<Integer, Question> questions = new HashMap<>();
  private final List<String> notices = new ArrayList<>();
  private final List<Double> steps = new ArrayList<>();
  private final Set<Integer> resolved = new HashSet<>();

  /** Names of those with whom packets are exchanged as peers. */
  private final Set<String> peers;

  private ServerState published;
  private Optional<ReceiverHat> hat = Optional.empty();
  private Optional<SimulatedSensor> sensor = Optional.empty();
  private boolean started;
  private boolean stopped;
  private long requests;

  /** A request that is waited for. */
  private record Question(String source, long transmit, long sentRawNanos, long patienceNanos) {}

  /**
   * A machine that has just been switched on.
   *
   * @param settings name the servers with {@link #nameOf}
   * @param learned what an earlier run saved; empty if nothing
   * @param network takes what is to be sent
   * @param random for nonces
   * @param trace hears of everything that is done to the clock
   * @param startRawNanos when the daemon starts
   */
  public BrainNode(
      int number,
      SystemClock clock,
      BrainSettings settings,
      String learned,
      Consumer<Datagram> network,
      Random random,
      Trace trace,
      long startRawNanos) {
    this.number = number;
    this.clock = clock;
    this.network = network;
    this.trace = trace;
    this.brain =
        new TimeServerBrain(settings, learned, PacketKeys.NONE, random::nextLong, NtsSetup.NONE);
    this.peers =
        settings.servers().stream()
            .filter(s -> s.kind() == UpstreamSettings.Kind.PEER)
            .map(UpstreamSettings::name)
            .collect(Collectors.toUnmodifiableSet());
    this.published = ServerState.unsynchronized(settings.precisionExponent());
    this.responder = new ServerNode(number, clock, network, () -> published);
    this.startRawNanos = startRawNanos;
  }

  /** How the settings of a brain name the server on a node. */
  public static String nameOf(int node) {
    return NODE + node;
  }

  /** What others name as their reference that follow this node. */
  public static ReferenceId referenceIdOf(int node) {
    return new ReferenceId(NETWORK | node);
  }

  /**
   * Puts a receiver on the machine, before the world runs.
   *
   * @param name of the source in the settings
   * @param seed makes its noise repeatable
   * @param pulseError seconds by which the next pulse is late, beyond the receiver's own jitter
   * @param notBeforeUnixSeconds no time before this day can be true
   */
  public void attach(
      String name,
      World world,
      ReceiverSettings receiver,
      long seed,
      DoubleSupplier pulseError,
      long notBeforeUnixSeconds) {
    hat =
        Optional.of(
            new ReceiverHat(
                name,
                world,
                world.clock(number),
                receiver,
                seed,
                pulseError,
                notBeforeUnixSeconds,
                this::handle));
  }

  /** Puts a sensor of the temperature on the machine, before the world runs. */
  public void attach(SimulatedSensor sensor) {
    this.sensor = Optional.of(sensor);
  }

  /** The receiver behaves otherwise from the next second on. */
  public void change(ReceiverSettings receiver) {
    hat.orElseThrow().change(receiver);
  }

  /** Pulls the receiver's serial cable out, or puts it in. */
  public void plugSerial(boolean in) {
    hat.orElseThrow().plugSerial(in);
  }

  /** Somebody else sets the clock; the kernel tells whoever has asked for that. */
  public void disturb(double seconds) {
    long nanos = Math.round(seconds * 1e9);
    try {
      clock.step(nanos);
    } catch (ClockException e) {
      throw new IllegalStateException(e);
    }
    handle(new Event.Interference(nanos));
  }

  /** A leap-seconds.list was read. */
  public void leapFile(String text) {
    handle(new Event.LeapFile(text));
  }

  /** Spreads leap seconds for clients from now on. */
  public void smear(Smear smear) {
    responder.smear(smear);
  }

  /** What clients are shown now. */
  public long shownUnixNanos() {
    return responder.shownUnixNanos();
  }

  /** The process stands still; what arrives on the network meanwhile is lost. */
  public void stop() {
    stopped = true;
    hat.ifPresent(h -> h.reading(false));
  }

  /** It goes on. */
  public void resume() {
    stopped = false;
    hat.ifPresent(h -> h.reading(true));
  }

  @Override
  public long nextWakeRawNanos() {
    if (!started) {
      return startRawNanos;
    }
    if (stopped) {
      return Long.MAX_VALUE;
    }
    long next = brain.nextWakeRawNanos();
    return hat.isPresent() ? Math.min(next, hat.get().nextWakeRawNanos()) : next;
  }

  @Override
  public void wake() {
    if (!started) {
      started = true;
      hat.ifPresent(ReceiverHat::plug);
    }
    hat.ifPresent(ReceiverHat::wake);
    handle(new Event.WakeUp());
  }

  @Override
  public void second() {
    hat.ifPresent(ReceiverHat::second);
    OptionalDouble celsius = sensor.map(SimulatedSensor::second).orElse(OptionalDouble.empty());
    if (started && !stopped && celsius.isPresent()) {
      handle(new Event.Temperature(celsius.getAsDouble()));
    }
  }

  @Override
  public void receive(Datagram datagram) {
    if (!started || stopped) {
      return;
    }
    if (datagram.destinationPort() == ServerNode.NTP_PORT
        && datagram.sourcePort() == ServerNode.NTP_PORT
        && peers.contains(nameOf(datagram.from()))) {
      handle(
          new Event.PeerPacket(
              nameOf(datagram.from()), clock.read(), ByteBuffer.wrap(datagram.payload().octets())));
      return;
    }
    if (datagram.destinationPort() == ServerNode.NTP_PORT) {
      responder.receive(datagram);
      return;
    }
    Question question = questions.get(datagram.destinationPort());
    long now = clock.read().rawNanos();
    if (question == null
        || datagram.from() != datagram.destinationPort() - FIRST_PORT
        || now - question.sentRawNanos() > question.patienceNanos()) {
      return;
    }
    handle(
        new Event.Reply(
            question.source(),
            question.transmit(),
            question.sentRawNanos(),
            now,
            ByteBuffer.wrap(datagram.payload().octets())));
  }

  private void handle(Event event) {
    carryOut(brain.handle(event, clock.read()));
    while (!refusals.isEmpty()) {
      carryOut(brain.handle(refusals.remove(), clock.read()));
    }
  }

  private void carryOut(List<Action> actions) {
    for (Action action : actions) {
      try {
        carryOut(action);
      } catch (ClockException e) {
        refusals.add(new Event.ClockRefused(e.getMessage()));
      }
    }
  }

  private void carryOut(Action action) throws ClockException {
    switch (action) {
      case Action.SetFrequency(double frequency) -> {
        trace.add(number, clock.servedUnixNanos());
        trace.add(frequency);
        clock.setFrequency(frequency);
      }
      case Action.LockPhase(double offset, int constant) -> {
        trace.add(number, clock.servedUnixNanos(), constant);
        trace.add(offset);
        clock.lockPhase(offset, constant);
      }
      case Action.Step(long nanos) -> {
        trace.add(number, clock.servedUnixNanos(), nanos);
        steps.add(nanos * 1e-9);
        clock.step(nanos);
      }
      case Action.ReportQuality(boolean synchronised, double maximum, double estimated) -> {
        trace.add(maximum, estimated);
        clock.reportQuality(synchronised, maximum, estimated);
      }
      case Action.ArmLeap(var leap) -> {
        trace.add(number, clock.servedUnixNanos());
        trace.add(leap.name().getBytes(StandardCharsets.US_ASCII));
        clock.armLeap(leap);
      }
      case Action.SetTai(int seconds) -> {
        trace.add(number, clock.servedUnixNanos(), seconds);
        clock.setTai(seconds);
      }
      case Action.Publish(ServerState state) -> published = state;
      case Action.Notice(var level, String sentence) -> notices.add(sentence);
      case Action.Ask question -> ask(question);
      case Action.SaveState saved -> {}
      case Action.Transmit packet -> transmit(packet);
      case Action.OfPool pool ->
          throw new IllegalStateException("no brain in a world is given a pool, yet " + pool);
      case Action.Establish wish -> throw noSecurity(wish);
      case Action.Direct direction -> throw noSecurity(direction);
      case Action.KeepCookies cookies -> throw noSecurity(cookies);
    }
  }

  private static IllegalStateException noSecurity(Action action) {
    return new IllegalStateException(
        "no brain in a world uses Network Time Security, yet " + action.getClass());
  }

  /** The node that is meant, after its address was told. */
  private int resolve(String source) {
    int other = Integer.parseInt(source.substring(NODE.length()));
    if (resolved.add(other)) {
      handle(
          new Event.Resolved(
              source,
              "192.168.123." + other,
              referenceIdOf(other),
              referenceIdOf(number),
              Set.of(referenceIdOf(number))));
    }
    return other;
  }

  private void transmit(Action.Transmit packet) {
    int peer = resolve(packet.source());
    byte[] octets = new byte[packet.header().limit()];
    packet.header().get(0, octets);
    ClockReading left = clock.read();
    long given = NtpHeader.transmitTimestamp(ByteBuffer.wrap(octets), 0);
    long transmit = given == 0 ? NtpTimestamp.bitsOfUnixNanos(left.unixNanos()) : given;
    NtpHeader.transmitTimestamp(ByteBuffer.wrap(octets), 0, transmit);
    handle(new Event.Departed(packet.source(), transmit, left, true));
    requests++;
    network.accept(
        new Datagram(
            number, ServerNode.NTP_PORT, peer, ServerNode.NTP_PORT, new Datagram.Payload(octets)));
  }

  private void ask(Action.Ask question) {
    int server = resolve(question.source());
    byte[] octets = new byte[question.request().limit()];
    question.request().get(0, octets);
    long transmit = NtpHeader.transmitTimestamp(question.request(), 0);
    questions.put(
        FIRST_PORT + server,
        new Question(
            question.source(), transmit, clock.read().rawNanos(), question.patienceNanos()));
    requests++;
    network.accept(
        new Datagram(
            number,
            FIRST_PORT + server,
            server,
            ServerNode.NTP_PORT,
            new Datagram.Payload(octets)));
  }

  /** What replies say now. */
  public ServerState published() {
    return published;
  }

  /** Everything there is to show. */
  public StatusReport status() {
    ClockReading now = clock.read();
    return brain.status(now);
  }

  /** What operators were told, oldest first. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /** Seconds by which the clock was stepped, each time. */
  public List<Double> steps() {
    return List.copyOf(steps);
  }

  /** Requests sent. */
  public long requests() {
    return requests;
  }

  /** Requests answered. */
  public long answered() {
    return responder.answered();
  }
}
