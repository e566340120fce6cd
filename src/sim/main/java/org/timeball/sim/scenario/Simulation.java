package org.timeball.sim.scenario;

import java.util.Random;
import org.timeball.sim.node.Client;
import org.timeball.sim.node.NetworkClient;
import org.timeball.sim.node.PulseClient;
import org.timeball.sim.node.ServerNode;
import org.timeball.sim.world.World;
import org.timeball.sim.world.WorldPlan;

/** One run of a scenario with one seed. */
public final class Simulation {
  /** 2027-01-15T08:00:00Z; nothing depends on it. */
  private static final long EPOCH = 1_800_000_000L;

  private final Scenario scenario;
  private final long seed;
  private final World world;
  private final Client client;
  private final Measurement measurement;
  private double firstRequestSeconds = -1;

  public Simulation(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.seed = seed;
    this.world =
        new World(WorldPlan.parse(scenario.configuration(), seed), scenario.nodes(), EPOCH);
    int last = scenario.nodes();
    if (scenario.pulses()) {
      client = new PulseClient(world, last);
    } else {
      NetworkClient asking =
          new NetworkClient(last, world.clock(last), world::send, new Random(seed));
      for (int server = 1; server < last; server++) {
        world.install(server, ServerNode.stratumOne(server, world.clock(server), world::send));
        asking.ask(server, scenario.minimumPoll(), scenario.maximumPoll());
      }
      client = asking;
    }
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
        client.steps(),
        measurement.hash());
  }

  /** The true error at each second, in seconds; after {@link #run}. */
  public double[] offsets() {
    return measurement.offsets();
  }

  private static double quantile(double[] sorted, double fraction) {
    return sorted[(int) Math.round(fraction * (sorted.length - 1))] * 1e6;
  }
}
