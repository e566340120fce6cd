package org.timeball.sim.story;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.timeball.sim.world.Datagram;
import org.timeball.sim.world.World;
import org.timeball.sim.world.WorldPlan;

/**
 * A world of servers and clients with usual clocks, receivers and a quiet network, for a story to
 * change. Machines are put in before {@link #run}; {@link #at} changes them later.
 */
public final class Scene {
  /** A switched network in one building. */
  static final String LAN = "(+ 90e-6 (* 10e-6 (exponential)))";

  /** 2027-01-15T08:00:00Z; nothing depends on it. */
  private static final long USUAL_START = 1_800_000_000L;

  private record Happening(double seconds, Runnable what) {}

  private final long seed;
  private final Random random;
  private final List<Machine> machines = new ArrayList<>();
  private final List<Happening> happenings = new ArrayList<>();
  private final List<Promise> promises = new ArrayList<>();
  private long start = USUAL_START;
  private String delay = LAN;
  private ToIntFunction<Datagram> carriage = datagram -> 1;
  private World world;

  Scene(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  static int minutes(double minutes) {
    return (int) Math.round(60 * minutes);
  }

  /** It is then, such as {@code 2036-02-07T06:00:00Z}, when the world begins. */
  Scene startsAt(String moment) {
    start = Instant.parse(moment).getEpochSecond();
    return this;
  }

  /** Every datagram takes so long, in clknetsim's language. */
  Scene delay(String expression) {
    delay = expression;
    return this;
  }

  /** See {@link World#carry}. */
  Scene carriage(ToIntFunction<Datagram> howOften) {
    carriage = howOften;
    return this;
  }

  /** A server with a receiver. */
  Machine stratumOne(String name) {
    return add(new Machine(this, name, machines.size() + 1, Machine.Kind.RECEIVER, List.of()));
  }

  /** A server that takes its own perfect clock for the truth. */
  Machine server(String name) {
    return add(new Machine(this, name, machines.size() + 1, Machine.Kind.CERTAIN, List.of()));
  }

  /** A client of servers, which may be given later, too. */
  Machine client(String name, Machine... servers) {
    return add(new Machine(this, name, machines.size() + 1, Machine.Kind.CLIENT, List.of(servers)));
  }

  private Machine add(Machine machine) {
    machines.add(machine);
    return machine;
  }

  /** See {@link World#leap}. */
  Scene leap(long midnight, boolean inserted) {
    happenings.addFirst(new Happening(0, () -> world.leap(midnight, inserted)));
    return this;
  }

  /** Lets something happen at a true second. */
  Scene at(double seconds, Runnable what) {
    happenings.add(new Happening(seconds, what));
    return this;
  }

  /** Lets time pass until that second. */
  void run(int seconds) {
    StringBuilder plan = new StringBuilder();
    for (Machine machine : machines) {
      machine.plan(plan, delay);
    }
    world = new World(WorldPlan.parse(plan.toString(), seed), machines.size(), start);
    world.carry(carriage);
    for (Machine machine : machines) {
      machine.install(world, start, random);
    }
    for (Happening happening : happenings) {
      world.at(happening.seconds(), happening.what());
    }
    world.onSecond(() -> machines.forEach(machine -> machine.watch(world)));
    world.run(seconds);
  }

  /** For chance within a story. */
  Random random() {
    return random;
  }

  /** True seconds since the start. */
  double now() {
    return world.now();
  }

  World world() {
    return world;
  }

  void promise(String sentence, boolean kept, String found) {
    promises.add(new Promise(sentence, kept, found));
  }

  List<Promise> promises() {
    return promises;
  }

  /** Of the machines that were watched. */
  Map<String, Diary> diaries() {
    Map<String, Diary> diaries = new LinkedHashMap<>();
    for (Machine machine : machines) {
      if (machine.diary().seconds() > 0) {
        diaries.put(machine.name(), machine.diary());
      }
    }
    return diaries;
  }

  long traceHash() {
    return world.trace().hash();
  }
}
