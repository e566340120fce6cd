package org.timeball.sim.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.timeball.core.brain.BrainSettings;
import org.timeball.core.brain.Role;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.sim.node.BrainNode;
import org.timeball.sim.node.BrainSetup;
import org.timeball.sim.node.ServerNode;
import org.timeball.sim.node.SimulatedSensor;
import org.timeball.sim.receiver.ReceiverSettings;
import org.timeball.sim.world.World;
import org.timeball.time.Leap;

/** One machine of a scene: what it is like, and what was seen of it. */
final class Machine {
  /** What runs on it. */
  enum Kind {
    RECEIVER,
    CLIENT,
    CERTAIN
  }

  /** The name of its receiver as a source. */
  static final String RECEIVER = "gps";

  /** Built so many seconds before the story begins. */
  private static final long AGE = 10_000_000;

  private static final double MEAN_CELSIUS = 45;

  private static final int MINIMUM_POLL = 4;
  private static final int MAXIMUM_POLL = 6;

  /** Seconds; as usual. */
  private static final double FAILED_ABOVE = 10e-3;

  /** Seconds after which the leap file is read. */
  private static final double LEAP_FILE_READ = 5;

  private final Scene scene;
  private final String name;
  private final int number;
  private final Kind kind;
  private final List<Machine> servers;
  private final List<Machine> peers = new ArrayList<>();
  private final Diary diary = new Diary();
  private ReceiverSettings receiver =
      ReceiverSettings.common().withSentences("GP", List.of("RMC", "GSA"));
  private double offset;
  private String frequency = "";
  private SimulatedSensor.Course course = second -> MEAN_CELSIUS;
  private boolean measured;
  private String step = "";
  private DoubleSupplier pulseError = () -> 0;
  private Leap announced = Leap.NONE;
  private String leapFile = "";
  private Role role = Role.PLAIN;
  private SteeringPolicy steering = SteeringPolicy.DEFAULT;
  private BrainNode node;

  Machine(Scene scene, String name, int number, Kind kind, List<Machine> servers) {
    this.scene = scene;
    this.name = name;
    this.number = number;
    this.kind = kind;
    this.servers = new ArrayList<>(servers);
    if (kind != Kind.CERTAIN) {
      // An ordinary machine: a tenth of a second and some parts in a hundred thousand off.
      offset = (scene.random().nextBoolean() ? 1 : -1) * (0.05 + 0.1 * scene.random().nextDouble());
      frequency =
          String.format(
              Locale.ROOT,
              "(+ %.3g (sum (* 1e-9 (normal))))",
              40e-6 * (scene.random().nextDouble() - 0.5));
    }
  }

  /** Its clock is so far ahead at the start. */
  Machine offset(double seconds) {
    offset = seconds;
    return this;
  }

  /** How its oscillator runs, in clknetsim's language. */
  Machine frequency(String expression) {
    frequency = expression;
    return this;
  }

  /**
   * It stands in a room that is heated: the temperature goes up and down around 45 degrees Celsius,
   * and its crystal loses so much by degree.
   *
   * @param degrees up and down
   * @param period seconds
   */
  Machine heated(double partsByDegree, double degrees, double period) {
    frequency =
        String.format(
            Locale.ROOT,
            "(+ %s (* %.3g (sine %.6g)))",
            frequency,
            -partsByDegree * degrees,
            period);
    course = second -> MEAN_CELSIUS + degrees * Math.sin(2 * Math.PI * second / period);
    return this;
  }

  /** It has a sensor of its temperature. */
  Machine thermometer() {
    measured = true;
    return this;
  }

  /** By how much its clock is moved each second, in clknetsim's language. */
  Machine step(String expression) {
    step = expression;
    return this;
  }

  /** What kind of receiver it has. */
  Machine receiver(UnaryOperator<ReceiverSettings> change) {
    receiver = change.apply(receiver);
    return this;
  }

  /** Its pulses are so many seconds late, asked anew for each. */
  Machine pulseError(DoubleSupplier seconds) {
    pulseError = seconds;
    return this;
  }

  /** It announces this all the time, without a reason. */
  Machine announces(Leap leap) {
    announced = leap;
    return this;
  }

  /** The kernel's loop steers its clock. */
  Machine loopOfKernel() {
    steering = steering.by(SteeringPolicy.Loop.KERNEL);
    return this;
  }

  /** It reads this leap-seconds.list. */
  Machine leapFile(String text) {
    leapFile = text;
    return this;
  }

  /** It asks these, too. */
  Machine asks(Machine... more) {
    servers.addAll(List.of(more));
    return this;
  }

  /** It is the standby unit of that one, which it asks already. */
  Machine standsBy(Machine partner) {
    role =
        new Role(
            Optional.empty(),
            Optional.of(new Role.Standby(BrainNode.nameOf(partner.number), FAILED_ABOVE)));
    return this;
  }

  /** Without a source it serves its own clock after that time, or that of others that do so. */
  Machine orphan(int stratum, double waitSeconds) {
    role = new Role(Optional.of(new Role.Local(stratum, true, waitSeconds)), Optional.empty());
    return this;
  }

  /** They and this one ask each other, in symmetric modes. */
  Machine peersWith(Machine other) {
    peers.add(other);
    other.peers.add(this);
    return this;
  }

  void plan(StringBuilder plan, String delay) {
    plan.append(String.format(Locale.ROOT, "node%d_offset = %.9g%n", number, offset));
    if (!frequency.isEmpty()) {
      plan.append(String.format("node%d_freq = %s%n", number, frequency));
    }
    if (!step.isEmpty()) {
      plan.append(String.format("node%d_step = %s%n", number, step));
    }
    servers.forEach(server -> link(plan, server, delay));
    peers.stream().filter(p -> p.number > number).forEach(peer -> link(plan, peer, delay));
  }

  private void link(StringBuilder plan, Machine other, String delay) {
    plan.append(String.format("node%d_delay%d = %s%n", number, other.number, delay));
    plan.append(String.format("node%d_delay%d = %s%n", other.number, number, delay));
  }

  void install(World world, long start, Random random) {
    if (kind == Kind.CERTAIN) {
      world.install(
          number, ServerNode.stratumOne(number, world.clock(number), world::send, announced));
      return;
    }
    long notBefore = start - AGE;
    List<SourceSettings> receivers =
        kind == Kind.RECEIVER ? List.of(BrainSetup.receiver(RECEIVER, notBefore)) : List.of();
    List<UpstreamSettings> upstreams = new ArrayList<>();
    for (Machine server : servers) {
      upstreams.add(BrainSetup.server(server.number, MINIMUM_POLL, MAXIMUM_POLL, notBefore));
    }
    for (Machine peer : peers) {
      upstreams.add(BrainSetup.peer(peer.number, MINIMUM_POLL, MAXIMUM_POLL, notBefore));
    }
    BrainSettings settings = BrainSetup.of(receivers, upstreams, steering, role);
    long phase = (long) (random.nextDouble() * 1e9);
    node =
        new BrainNode(
            number,
            world.clock(number),
            settings,
            "",
            world::send,
            new Random(random.nextLong()),
            world.trace(),
            world.clock(number).rawNanos() + phase);
    if (kind == Kind.RECEIVER) {
      node.attach(RECEIVER, world, receiver, random.nextLong(), pulseError, notBefore);
    }
    if (measured) {
      node.attach(new SimulatedSensor(course, random.nextLong()));
    }
    if (!leapFile.isEmpty()) {
      world.at(LEAP_FILE_READ, () -> node.leapFile(leapFile));
    }
    world.install(number, node);
  }

  void watch(World world) {
    if (node != null) {
      diary.write(
          world.error(number),
          node.published(),
          world.clock(number).servedUnixNanos(),
          world.clock(number).model().raw() - world.now(),
          world.clock(number).model().leapState());
    }
  }

  String name() {
    return name;
  }

  int number() {
    return number;
  }

  /** What runs on it; after the scene has begun, and not on a server that has no doubts. */
  BrainNode node() {
    return node;
  }

  Diary diary() {
    return diary;
  }

  /** What must hold for it. */
  Expectations expect() {
    return new Expectations(scene, this);
  }
}
