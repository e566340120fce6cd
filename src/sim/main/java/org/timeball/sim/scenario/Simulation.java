package org.timeball.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.timeball.core.brain.BrainSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.sim.node.BrainNode;
import org.timeball.sim.node.BrainSetup;
import org.timeball.sim.node.ServerNode;
import org.timeball.sim.receiver.ReceiverSettings;
import org.timeball.sim.world.World;
import org.timeball.sim.world.WorldPlan;

/** One run of a scenario with one seed. */
public final class Simulation {
  /** 2027-01-15T08:00:00Z; nothing depends on it. */
  private static final long EPOCH = 1_800_000_000L;

  /** Some months before. */
  private static final long NOT_BEFORE = EPOCH - 10_000_000;

  private static final String RECEIVER = "gps";

  /** Sentences about 80 ± 20 ms late; how late pulses are is the scenario's to say. */
  private static final ReceiverSettings SENTENCES =
      ReceiverSettings.common()
          .withSentences("GP", List.of("RMC"))
          .withLateness(0.080, 0.020)
          .withPulse(0, 0.100);

  private final Scenario scenario;
  private final long seed;
  private final World world;
  private final BrainNode client;
  private final Measurement measurement;
  private double firstRequestSeconds = -1;

  public Simulation(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.seed = seed;
    this.world =
        new World(WorldPlan.parse(scenario.configuration(), seed), scenario.nodes(), EPOCH);
    int last = scenario.nodes();
    client = scenario.pulses() ? withReceiver(last) : withServers(last);
    world.install(last, client);
    this.measurement = new Measurement(scenario.seconds());
    world.onSend(datagram -> {
      if (datagram.from() == last && firstRequestSeconds < 0) {
        firstRequestSeconds = world.now();
      }
    });
    world.onSecond(
        () -> measurement.add(world.error(last), world.clock(last).model().totalRate() - 1));
  }

  private BrainNode withServers(int last) {
    List<UpstreamSettings> servers = new ArrayList<>();
    for (int server = 1; server < last; server++) {
      world.install(server, ServerNode.stratumOne(server, world.clock(server), world::send));
      servers.add(
          BrainSetup.server(server, scenario.minimumPoll(), scenario.maximumPoll(), NOT_BEFORE));
    }
    Random random = Draws.of(seed);
    long phase = (long) (random.nextDouble() * Math.scalb(1e9, scenario.minimumPoll()));
    return node(last, BrainSetup.of(List.of(), servers), random, phase);
  }

  private BrainNode withReceiver(int last) {
    BrainNode node =
        node(
            last,
            BrainSetup.of(List.of(BrainSetup.receiver(RECEIVER, NOT_BEFORE)), List.of()),
            Draws.of(seed),
            0);
    node.attach(RECEIVER, world, SENTENCES, seed, () -> world.refclockNoise(last), NOT_BEFORE);
    return node;
  }

  private BrainNode node(int number, BrainSettings settings, Random random, long phaseNanos) {
    return new BrainNode(
        number,
        world.clock(number),
        settings,
        "",
        world::send,
        random,
        world.trace(),
        world.clock(number).rawNanos() + phaseNanos);
  }

  /** Runs it to its end. */
  public Outcome run() {
    world.run(scenario.seconds());
    int from = scenario.settlingSeconds();
    double[] sorted = measurement.sorted(from);
    double first = Math.max(0, firstRequestSeconds);
    return new Outcome(
        scenario.id(),
        seed,
        measurement.rms(from) * 1e6,
        quantile(sorted, 0.5),
        quantile(sorted, 0.95),
        quantile(sorted, 0.99),
        quantile(sorted, 1),
        measurement.frequencyRms(from) * 1e9,
        Math.max(0, measurement.convergedAt(1e-3) - first),
        Math.max(0, measurement.convergedAt(1e-4) - first),
        Math.max(0, measurement.convergedAt(1e-5) - first),
        client.requests(),
        client.steps().size(),
        world.trace().hash() ^ measurement.hash());
  }

  /** The true error at each second, in seconds; after {@link #run}. */
  public double[] offsets() {
    return measurement.offsets();
  }

  private static double quantile(double[] sorted, double fraction) {
    return sorted[(int) Math.round(fraction * (sorted.length - 1))] * 1e6;
  }
}
