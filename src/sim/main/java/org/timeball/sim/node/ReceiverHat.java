package org.timeball.sim.node;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.timeball.core.Event;
import org.timeball.sim.clock.SimulatedClock;
import org.timeball.sim.receiver.ReceiverSettings;
import org.timeball.sim.receiver.SecondSchedule;
import org.timeball.sim.receiver.SecondSchedule.Step;
import org.timeball.sim.receiver.SimulatedReceiver;
import org.timeball.sim.world.World;
import org.timeball.spi.Edge;

/** A simulated receiver on the serial line and the pulse line of one machine. */
final class ReceiverHat {
  private final World world;
  private final SimulatedClock clock;
  private final long seed;
  private final DoubleSupplier pulseError;
  private final DriverLine serial;
  private final DriverLine pulse;
  private final long[] edges = new long[2];
  private SimulatedReceiver receiver;

  /**
   * @param name of the source; its pulses come by the line of this name and {@code .pulse}
   * @param pulseError seconds by which the next pulse is late, beyond what the receiver itself adds
   * @param notBeforeUnixSeconds no time before this day can be true
   */
  ReceiverHat(
      String name,
      World world,
      SimulatedClock clock,
      ReceiverSettings settings,
      long seed,
      DoubleSupplier pulseError,
      long notBeforeUnixSeconds,
      Consumer<Event> brain) {
    this.world = world;
    this.clock = clock;
    this.seed = seed;
    this.pulseError = pulseError;
    this.receiver = new SimulatedReceiver(settings, seed);
    this.serial = new DriverLine(name, "nmea", Map.of(), notBeforeUnixSeconds, brain);
    this.pulse = new DriverLine(pulseLine(name), "pps", Map.of(), notBeforeUnixSeconds, brain);
  }

  /** Name of the line that the pulses of a source come by. */
  static String pulseLine(String name) {
    return name + ".pulse";
  }

  void change(ReceiverSettings settings) {
    receiver = new SimulatedReceiver(settings, seed);
  }

  void plug() {
    serial.plug(clock.rawNanos());
    pulse.plug(clock.rawNanos());
  }

  /** Pulls the serial cable out, or puts it in. */
  void plugSerial(boolean in) {
    if (in) {
      serial.plug(clock.rawNanos());
    } else {
      serial.unplug(clock.rawNanos());
    }
  }

  void reading(boolean goesOn) {
    serial.reading(goesOn, clock.rawNanos());
    pulse.reading(goesOn, clock.rawNanos());
  }

  long nextWakeRawNanos() {
    return Math.min(serial.nextWakeRawNanos(), pulse.nextWakeRawNanos());
  }

  void wake() {
    serial.wake(clock.rawNanos());
    pulse.wake(clock.rawNanos());
  }

  /** A true second begins. */
  void second() {
    long second = Math.round(world.now());
    double late = pulseError.getAsDouble();
    for (Step step : new SecondSchedule(receiver.second(second, world.utc(second))).steps()) {
      switch (step) {
        case Step.PulseEdge(long atNanos, boolean rising) -> edge(atNanos * 1e-9 + late, rising);
        case Step.Octets octets ->
            world.at(
                second + octets.atNanos() * 1e-9,
                () -> {
                  byte[] received = octets.octets();
                  long now = clock.rawNanos();
                  long took =
                      octets.burst().arrivalNanos(octets.until() - 1)
                          - octets.burst().arrivalNanos(octets.from());
                  serial.octets(received, now - took, now);
                });
      }
    }
  }

  private void edge(double afterSecond, boolean rising) {
    // A pulse that comes early has its stamp from before the second, and is read just after it.
    double early = Math.max(0, -afterSecond);
    long number = edges[rising ? 1 : 0]++;
    world.at(
        world.now() + afterSecond + early,
        () ->
            pulse.edge(
                new Edge(
                    clock.rawNanos() - Math.round(early * clock.model().rawRate() * 1e9),
                    rising,
                    number)));
  }
}
