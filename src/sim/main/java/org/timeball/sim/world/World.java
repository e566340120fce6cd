package org.timeball.sim.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.timeball.sim.clock.KernelClockModel;
import org.timeball.sim.clock.SimulatedClock;
import org.timeball.sim.expression.Expression;
import org.timeball.sim.expression.Variables;
import org.timeball.time.UtcTime;

/**
 * Nodes with clocks of their own in one true time, which starts at 0. Belongs to one thread.
 *
 * <p>True time is a double in seconds, as in clknetsim; after a day its grain is 15 ps.
 */
public final class World {
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final WorldPlan plan;
  private final long epochUnixNanos;
  private final List<Machine> machines = new ArrayList<>();
  private final PriorityQueue<Happening> agenda =
      new PriorityQueue<>(
          Comparator.comparingDouble(Happening::at).thenComparingLong(Happening::order));
  private final List<Runnable> onSecond = new ArrayList<>();
  private final List<Consumer<Datagram>> onSend = new ArrayList<>();
  private final Trace trace = new Trace();
  private ToIntFunction<Datagram> copies = datagram -> 1;
  private double now;
  private double nextSecond = 1;
  private double leapAt = NEVER;
  private int leapSeconds;
  private long order;
  private long sent;
  private long lost;
  private boolean started;

  private record Happening(double at, long order, Runnable what) {}

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
    this.epochUnixNanos = epochUnixSeconds * NANOS_PER_SECOND;
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

  /** Lets something happen at that true second; of several at once in the order of these calls. */
  public void at(double seconds, Runnable what) {
    agenda.add(new Happening(Math.max(seconds, now), order++, what));
  }

  /**
   * UTC has a leap second at the end of that day.
   *
   * @param midnight the true second that would have begun the next day
   * @param inserted whether it is one more; otherwise the day's last second is left out
   */
  public void leap(long midnight, boolean inserted) {
    leapAt = inserted ? midnight : midnight - 1;
    leapSeconds = inserted ? -1 : 1;
  }

  /** UTC as that true second begins. */
  public UtcTime utc(long second) {
    long unix =
        Math.floorDiv(epochUnixNanos, NANOS_PER_SECOND) + second + renumbered((double) second);
    return new UtcTime(unix, 0, leapSeconds < 0 && second == (long) leapAt);
  }

  private int renumbered(double trueSeconds) {
    return trueSeconds >= leapAt ? leapSeconds : 0;
  }

  /**
   * Says of each datagram how many times it is carried, each time with a delay of its own: 0 if it
   * is lost, 2 if it arrives twice.
   */
  public void carry(ToIntFunction<Datagram> howOften) {
    copies = howOften;
  }

  /** All that was sent, and all that nodes added, in one number. */
  public Trace trace() {
    return trace;
  }

  /** Seconds by which a machine's clock is ahead of UTC. */
  public double error(int number) {
    return clock(number).model().time() - now - renumbered(now);
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
    for (Consumer<Datagram> observer : onSend) {
      observer.accept(datagram);
    }
    int times = copies.applyAsInt(datagram);
    for (int i = 1; i < times; i++) {
      launch(datagram.copy());
    }
    if (times > 0) {
      launch(datagram);
    } else {
      sent++;
      lost++;
    }
  }

  private void launch(Datagram datagram) {
    sent++;
    byte[] octets = datagram.payload().octets();
    double delay =
        plan.delay(datagram.from(), datagram.to())
            .map(d ->
                d.evaluate(
                    new Variables(
                        now,
                        datagram.from(),
                        datagram.to(),
                        datagram.destinationPort(),
                        octets.length,
                        1)))
            .orElse(0.0);
    trace.add(datagram.from(), datagram.to(), datagram.sourcePort(), datagram.destinationPort());
    trace.add(octets);
    trace.add(now, delay);
    if (delay > 0) {
      Node receiver = machines.get(datagram.to() - 1).node;
      at(now + delay, () -> receiver.receive(datagram));
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
      happen();
    }
  }

  private double nextHappening() {
    double next = agenda.isEmpty() ? NEVER : agenda.peek().at();
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

  private void happen() {
    while (!agenda.isEmpty() && agenda.peek().at() <= now) {
      agenda.poll().what().run();
    }
  }
}
