package org.timeball.sim.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.timeball.sim.clock.KernelClockModel;
import org.timeball.sim.clock.SimulatedClock;
import org.timeball.sim.expression.Expression;
import org.timeball.sim.expression.Variables;

/**
 * Nodes with clocks of their own in one true time, which starts at 0. Belongs to one thread.
 *
 * <p>True time is a double in seconds, as in clknetsim; after a day its grain is 15 ps.
 */
public final class World {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final WorldPlan plan;
  private final long epochUnixNanos;
  private final List<Machine> machines = new ArrayList<>();
  private final PriorityQueue<Flight> flights =
      new PriorityQueue<>(
          Comparator.comparingDouble(Flight::arrival).thenComparingLong(Flight::number));
  private final List<Runnable> onSecond = new ArrayList<>();
  private final List<Consumer<Datagram>> onSend = new ArrayList<>();
  private double now;
  private double nextSecond = 1;
  private long sent;
  private long lost;
  private boolean started;

  private record Flight(double arrival, long number, Datagram datagram) {}

  private static final class Machine {
    final SimulatedClock clock;
    final Expression frequency;
    final Expression step;
    final Expression refclock;
    Node node;

    Machine(SimulatedClock clock, Expression frequency, Expression step, Expression refclock) {
      this.clock = clock;
      this.frequency = frequency;
      this.step = step;
      this.refclock = refclock;
    }
  }

  /**
   * @param epochUnixSeconds Unix time at the start
   */
  public World(WorldPlan plan, int nodes, long epochUnixSeconds) {
    this.plan = plan;
    this.epochUnixNanos = epochUnixSeconds * 1_000_000_000L;
    for (int i = 1; i <= nodes; i++) {
      double offset = plan.setting("offset", i).map(e -> e.evaluate(Variables.NONE)).orElse(0.0);
      machines.add(
          new Machine(
              new SimulatedClock(new KernelClockModel(offset, epochUnixSeconds), epochUnixNanos),
              plan.setting("freq", i).orElse(null),
              plan.setting("step", i).orElse(null),
              plan.setting("refclock", i).orElse(null)));
    }
  }

  /** Puts the software on a machine; before {@link #run}. */
  public void install(int number, Node node) {
    machines.get(number - 1).node = node;
  }

  /** The clock of a machine. */
  public SimulatedClock clock(int number) {
    return machines.get(number - 1).clock;
  }

  /** Calls this at each true second, after clocks and nodes have had theirs. */
  public void onSecond(Runnable observer) {
    onSecond.add(observer);
  }

  /** Calls this with each datagram that is sent. */
  public void onSend(Consumer<Datagram> observer) {
    onSend.add(observer);
  }

  /** True seconds since the start. */
  public double now() {
    return now;
  }

  /** True time. */
  public long trueUnixNanos() {
    return epochUnixNanos + Math.round(now * 1e9);
  }

  /** Seconds by which a machine's clock is ahead of true time. */
  public double error(int number) {
    return clock(number).model().time() - now;
  }

  /** How late a machine's reference clock is just now, in seconds; a new value each time. */
  public double refclockNoise(int number) {
    Expression noise = machines.get(number - 1).refclock;
    if (noise == null) {
      throw new IllegalStateException("node " + number + " has no refclock in the plan");
    }
    return noise.evaluate(Variables.NONE);
  }

  /** Datagrams that were sent and, of these, lost. */
  public long[] datagrams() {
    return new long[] {sent, lost};
  }

  /** Puts a datagram on the network now; the plan's delay decides when and whether it arrives. */
  public void send(Datagram datagram) {
    sent++;
    for (Consumer<Datagram> observer : onSend) {
      observer.accept(datagram);
    }
    double delay =
        plan.delay(datagram.from(), datagram.to())
            .map(d ->
                d.evaluate(
                    new Variables(
                        now,
                        datagram.from(),
                        datagram.to(),
                        datagram.destinationPort(),
                        datagram.payload().octets().length,
                        1)))
            .orElse(0.0);
    if (delay > 0) {
      flights.add(new Flight(now + delay, sent, datagram));
    } else {
      lost++;
    }
  }

  /** Lets true time pass until that second. */
  public void run(double untilSeconds) {
    if (!started) {
      started = true;
      second();
    }
    while (true) {
      double next = Math.min(nextSecond, nextHappening());
      if (next > untilSeconds) {
        return;
      }
      advanceTo(next);
      if (next == nextSecond) {
        nextSecond++;
        second();
      }
      wakeNodes();
      deliver();
    }
  }

  private double nextHappening() {
    double next = flights.isEmpty() ? NEVER : flights.peek().arrival();
    for (Machine machine : machines) {
      long wake = machine.node.nextWakeRawNanos();
      if (wake != Long.MAX_VALUE) {
        KernelClockModel model = machine.clock.model();
        next = Math.min(next, now + (wake * 1e-9 - model.raw()) / model.rawRate());
      }
    }
    return Math.max(next, now);
  }

  private void advanceTo(double time) {
    double interval = time - now;
    now = time;
    for (Machine machine : machines) {
      machine.clock.model().advance(interval);
    }
  }

  private void second() {
    for (Machine machine : machines) {
      KernelClockModel model = machine.clock.model();
      if (machine.frequency != null) {
        model.setOscillator(machine.frequency.evaluate(Variables.NONE));
      }
      if (machine.step != null) {
        model.step(machine.step.evaluate(Variables.NONE));
      }
      model.second();
    }
    for (Runnable observer : onSecond) {
      observer.run();
    }
    for (Machine machine : machines) {
      machine.node.second();
    }
  }

  private void wakeNodes() {
    for (Machine machine : machines) {
      if (machine.clock.rawNanos() >= machine.node.nextWakeRawNanos()) {
        machine.node.wake();
      }
    }
  }

  private void deliver() {
    while (!flights.isEmpty() && flights.peek().arrival() <= now) {
      Datagram datagram = flights.poll().datagram();
      machines.get(datagram.to() - 1).node.receive(datagram);
    }
  }
}
