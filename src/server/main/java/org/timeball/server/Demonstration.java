package org.timeball.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.MachineTime;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.pps.SimulatedPulses;
import org.timeball.platform.service.ServiceManager;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.Problem;
import org.timeball.server.demo.SimulatedStation;
import org.timeball.server.line.LineOpener;
import org.timeball.sim.receiver.ReceiverSettings;
import org.timeball.spi.LineNeed;

/**
 * A whole daemon with a simulated receiver: no privilege, no hardware, no configuration. The truth
 * is this machine's CLOCK_REALTIME, so that any client on the machine can judge the replies; the
 * clock that is served starts wrong and is pulled in by what the receiver says.
 */
public final class Demonstration implements AutoCloseable {
  /** A third of a second ahead, so that the start is a step that everybody can see. */
  private static final long WRONG_BY_NANOS = 300_000_000L;

  /** A crystal 40 ppm fast, as cheap ones are. */
  private static final double WRONG_RATE = 40e-6;

  private final Shutdown shutdown = new Shutdown();
  private final HostClock clock;
  private final SimulatedStation station;
  private final Daemon daemon;

  /**
   * Starts it; returns when clients are answered.
   *
   * @param port UDP port on 127.0.0.1 and ::1
   * @param receiver what kind of receiver is simulated
   * @param seed makes the receiver's noise repeatable
   * @param runDirectory where the control socket lies; what is learned is kept beside it
   * @throws StartFailure if a socket or a pseudo-terminal cannot be had
   */
  public Demonstration(int port, ReceiverSettings receiver, long seed, Path runDirectory)
      throws StartFailure {
    try {
      Files.createDirectories(runDirectory);
      // What an earlier demonstration learned would spoil this one: there is to be something to
      // see.
      Files.deleteIfExists(runDirectory.resolve(Daemon.LEARNED));
      Path device = runDirectory.resolve("receiver");
      clock = UserClock.startingWrong(WRONG_BY_NANOS, WRONG_RATE);
      SimulatedPulses pulses = new SimulatedPulses("simulated pulses");
      station = shutdown.later(SimulatedStation.start(device, pulses, clock, receiver, seed));
      LineOpener machine = new SystemDevices(clock);
      LineOpener devices =
          (line, need) -> need instanceof LineNeed.Pulses ? pulses : machine.deviceFor(line, need);
      daemon =
          shutdown.later(
              Daemon.start(
                  configuration(port, device),
                  new Surroundings(
                      Build.current(),
                      clock,
                      devices,
                      runDirectory,
                      runDirectory,
                      Demonstration::noFile,
                      ServiceManager.of(Map.of()))));
    } catch (IOException e) {
      shutdown.close();
      throw new StartFailure(e.getMessage(), e);
    } catch (StartFailure e) {
      shutdown.close();
      throw e;
    }
  }

  private static Configuration configuration(int port, Path device) throws StartFailure {
    String addresses = hasIpv6() ? "\"127.0.0.1\", \"::1\"" : "\"127.0.0.1\"";
    try {
      return new ConfigurationFile(InstalledDrivers.find(), Build.current().date())
          .parse(
              "demo",
              """
              [clock]
              steer = "user"

              [[listen]]
              name = "demo"
              address = [%s]
              port = %d

              [[refclock]]
              name = "sim"
              driver = "nmea"
              device = "%s"
              reference-id = "SIM"
              pulse = { device = "simulated pulses" }
              """
                  .formatted(addresses, port, device));
    } catch (ConfigurationException e) {
      throw new StartFailure(e.getMessage(), e);
    }
  }

  private static Configuration noFile() throws ConfigurationException {
    throw new ConfigurationException(
        List.of(new Problem("demo", 0, 0, "a demonstration has no file to reload")));
  }

  private static boolean hasIpv6() {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the network interfaces", e);
    }
  }

  /** The daemon, which knows nothing of all this. */
  public Daemon daemon() {
    return daemon;
  }

  /** The receiver and its cable, for those who want to disturb it. */
  public SimulatedStation station() {
    return station;
  }

  /** How far the served clock is from the truth, in seconds; nothing that serves time sees it. */
  public double trueErrorSeconds() {
    long before = MachineTime.unixNanos();
    long served = clock.nowUnixNanos();
    long after = MachineTime.unixNanos();
    return (served - before - (after - before) / 2) * 1e-9;
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
