package org.timeball.sim.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * One scenario with several seeds.
 *
 * @param offsets the true error at each second of each run, in seconds
 * @param speed simulated seconds per second of waiting
 */
public record Batch(List<Outcome> outcomes, List<Trace> offsets, double speed) {
  /** Drawn seeds stay below this, so that they are easy to type again. */
  private static final int SEED_LIMIT = 1_000_000;

  /** The error of one run, second by second. */
  public static final class Trace {
    private final double[] values;

    Trace(double[] values) {
      this.values = values;
    }

    /** Seconds; not a copy. */
    public double[] values() {
      return values;
    }
  }

  /**
   * So many seeds that nobody could have prepared for.
   *
   * @param now what the machine's clock shows; only that it is another number each time matters
   */
  public static long[] drawSeeds(int count, long now) {
    return new SplittableRandom(now).longs(count, 1, SEED_LIMIT).toArray();
  }

  /**
   * Runs one scenario with several seeds, one after another.
   *
   * @param id as in {@link Scenarios#find}
   * @param machineNanos the machine's clock, to tell how fast the simulation is
   * @param each hears of every run as soon as it is over
   * @throws java.util.NoSuchElementException if there is no such scenario
   */
  public static Batch run(
      String id, long[] seeds, LongSupplier machineNanos, Consumer<Outcome> each) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Trace> offsets = new ArrayList<>();
    double simulated = 0;
    long start = machineNanos.getAsLong();
    for (long seed : seeds) {
      Scenario scenario = Scenarios.find(id, seed).orElseThrow();
      Simulation simulation = new Simulation(scenario, seed);
      Outcome outcome = simulation.run();
      outcomes.add(outcome);
      offsets.add(new Trace(simulation.offsets()));
      simulated += scenario.seconds();
      each.accept(outcome);
    }
    double waited = Math.max(1e-9, (machineNanos.getAsLong() - start) * 1e-9);
    return new Batch(outcomes, offsets, simulated / waited);
  }

  /** The middle of a figure over the runs. */
  public double median(ToDoubleFunction<Outcome> figure) {
    double[] values = outcomes.stream().mapToDouble(figure).toArray();
    Arrays.sort(values);
    int n = values.length;
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
  }

  /** The run with the largest error. */
  public Outcome worst() {
    return outcomes.stream().max(Comparator.comparingDouble(Outcome::rmsMicros)).orElseThrow();
  }
}
