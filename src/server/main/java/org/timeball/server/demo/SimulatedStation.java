package org.timeball.server.demo;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.timeball.platform.clock.MachineTime;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.pps.SimulatedPulses;
import org.timeball.platform.process.ThreadEnd;
import org.timeball.platform.pty.PseudoTerminal;
import org.timeball.sim.receiver.ReceiverSettings;
import org.timeball.sim.receiver.SecondSchedule;
import org.timeball.sim.receiver.SimulatedReceiver;
import org.timeball.time.UtcTime;

/**
 * A simulated receiver on its cable, one thread: writes sentences into a pseudo-terminal and makes
 * pulses, second after second of CLOCK_REALTIME. Settings and plug may be changed by any thread.
 */
public final class SimulatedStation implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SimulatedStation.class.getName());
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Path device;
  private final SimulatedPulses pulses;
  private final PacketClock clock;
  private final long seed;
  private final long firstSecond;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile SimulatedReceiver receiver;
  private volatile PseudoTerminal cable;

  private SimulatedStation(
      Path device,
      SimulatedPulses pulses,
      PacketClock clock,
      ReceiverSettings settings,
      long seed) {
    this.device = device;
    this.pulses = pulses;
    this.clock = clock;
    this.seed = seed;
    firstSecond = Math.floorDiv(MachineTime.unixNanos(), NANOS_PER_SECOND);
    receiver = new SimulatedReceiver(settings, seed);
    thread = Thread.ofPlatform().name("receiver").daemon().unstarted(this::run);
  }

  /**
   * Switches a receiver on.
   *
   * @param device where its serial device appears, as a link to a pseudo-terminal
   * @param pulses where its pulses appear
   * @param clock says when, on the raw scale of whoever reads the pulses, a moment was
   * @param seed makes its noise repeatable
   * @throws IOException if the machine has no pseudo-terminal left, or the link cannot be made
   */
  public static SimulatedStation start(
      Path device, SimulatedPulses pulses, PacketClock clock, ReceiverSettings settings, long seed)
      throws IOException {
    SimulatedStation station = new SimulatedStation(device, pulses, clock, settings, seed);
    station.plugIn();
    station.thread.start();
    return station;
  }

  /** Changes what the receiver does from the next second on. */
  public void change(ReceiverSettings settings) {
    receiver = new SimulatedReceiver(settings, seed);
  }

  /** Seconds since it was switched on, for faults that are to begin now. */
  public long age() {
    return Math.floorDiv(MachineTime.unixNanos(), NANOS_PER_SECOND) - firstSecond;
  }

  /** Pulls the serial cable out; the device is gone. */
  public void unplug() throws IOException {
    Files.deleteIfExists(device);
    cable.close();
  }

  /** Puts the serial cable in. */
  public void plugIn() throws IOException {
    PseudoTerminal fresh = PseudoTerminal.open();
    Path beside = device.resolveSibling(device.getFileName() + ".new");
    Files.deleteIfExists(beside);
    Files.createSymbolicLink(beside, fresh.path());
    Files.move(beside, device, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    cable = fresh;
  }

  /** Octets straight onto the line, between what the receiver says; lost if nobody reads. */
  public void disturb(byte[] octets) throws IOException {
    int unused = cable.write(octets, 0, octets.length);
    LOG.log(Logger.Level.DEBUG, "{0} octets of noise taken", Integer.toString(unused));
  }

  private void run() {
    long second = firstSecond + 1;
    while (closing.getCount() > 0) {
      UtcTime utc = new UtcTime(second, 0, false);
      live(new SecondSchedule(receiver.second(second - firstSecond, utc)), utc.unixNanos());
      long now = Math.floorDiv(MachineTime.unixNanos(), NANOS_PER_SECOND);
      // A slow line may need a little longer than its second. After a pause of the machine the
      // receiver goes on with the present, as a real one would.
      second = Math.abs(now - second) > 2 ? now + 1 : second + 1;
    }
  }

  private void live(SecondSchedule schedule, long secondUnixNanos) {
    for (SecondSchedule.Step step : schedule.steps()) {
      long due = secondUnixNanos + step.atNanos();
      if (!waitedUntil(due)) {
        return;
      }
      switch (step) {
        case SecondSchedule.Step.PulseEdge edge -> {
          long raw = clock.placedRawNanos(due);
          if (raw != PacketClock.UNPLACED) {
            pulses.edge(raw, edge.rising());
          }
        }
        case SecondSchedule.Step.Octets octets -> send(octets.octets());
      }
    }
  }

  private void send(byte[] octets) {
    try {
      int taken = cable.write(octets, 0, octets.length);
      if (taken < octets.length) {
        LOG.log(Logger.Level.DEBUG, "nobody reads the line; octets are lost");
      }
    } catch (IOException e) {
      LOG.log(Logger.Level.DEBUG, "the cable is unplugged: {0}", e.getMessage());
    }
  }

  /** False if the station was switched off meanwhile. */
  private boolean waitedUntil(long unixNanos) {
    for (long left = unixNanos - MachineTime.unixNanos();
        left > 0;
        left = unixNanos - MachineTime.unixNanos()) {
      try {
        if (closing.await(left, TimeUnit.NANOSECONDS)) {
          return false;
        }
      } catch (InterruptedException e) {
        return false;
      }
    }
    return closing.getCount() > 0;
  }

  /** Switches the receiver off and takes its device away. */
  @Override
  public void close() throws IOException {
    closing.countDown();
    ThreadEnd.await(thread);
    unplug();
  }
}
