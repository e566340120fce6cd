package org.timeball.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.ServerState;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.pps.SimulatedPulses;
import org.timeball.platform.pty.PseudoTerminal;
import org.timeball.platform.service.ServiceManager;
import org.timeball.server.Build;
import org.timeball.server.Daemon;
import org.timeball.server.InstalledDrivers;
import org.timeball.server.Surroundings;
import org.timeball.server.SystemDevices;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.line.LineOpener;
import org.timeball.spi.LineNeed;

/** What a real receiver once said, its times moved to now, drives the whole daemon. */
@Tag("slow")
final class RecordedLogTest {
  @TempDir private Path folder;

  @Test
  void aRecordedReceiverTakesTheDaemonToStratumOne() throws Exception {
    String log = Files.readString(corpus("sirfstarv-nmea.log"), StandardCharsets.ISO_8859_1);
    int port;
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    SimulatedPulses pulses = new SimulatedPulses("simulated pulses");
    try (PseudoTerminal cable = PseudoTerminal.open()) {
      HostClock clock = UserClock.startingWrong(-700_000_000L, -25e-6);
      LineOpener machine = new SystemDevices(clock);
      LineOpener devices =
          (line, need) -> need instanceof LineNeed.Pulses ? pulses : machine.deviceFor(line, need);
      Configuration configuration = configuration(port, cable.path());
      Surroundings surroundings =
          new Surroundings(
              Build.current(),
              clock,
              devices,
              folder,
              folder,
              () -> configuration,
              ServiceManager.of(Map.of()));
      try (Daemon daemon = Daemon.start(configuration, surroundings);
          RecordedReceiver receiver = new RecordedReceiver(log, cable, pulses, clock)) {
        assertThat(daemon.published().stratum()).isEqualTo(16);

        receiver.start();

        ServerState state =
            Eventually.see("stratum 1", daemon::published, published -> published.stratum() == 1);
        assertThat(state.referenceId().text()).isEqualTo("GPS");
        assertThat(daemon.report().time().clock().steps()).isEqualTo(1);
      }
    }
  }

  @Test
  void aMovedSentenceNamesTheNewSecondAndNothingElseChanges() {
    assertThat(
            RecordedReceiver.moved(
                "$GNRMC,020935.000,A,4404.1351,N,12118.8556,W,0.04,359.11,050219,,,A*6C",
                LocalDateTime.of(2026, 11, 23, 12, 0, 59)))
        .isEqualTo("$GNRMC,120059.000,A,4404.1351,N,12118.8556,W,0.04,359.11,231126,,,A*64");
  }

  private static Configuration configuration(int port, Path device) throws Exception {
    return new ConfigurationFile(InstalledDrivers.find(), Build.current().date())
        .parse(
            "test",
            """
            [clock]
            steer = "user"
            [[listen]]
            name = "test"
            address = "127.0.0.1"
            port = %d
            [[refclock]]
            name = "gps"
            driver = "nmea"
            device = "%s"
            pulse = { device = "simulated pulses" }
            """
                .formatted(port, device));
  }

  /** A recording from the corpora, which lie beside a checkout and are no part of it. */
  private static Path corpus(String name) {
    String elsewhere = System.getenv("TIMEBALL_CORPORA");
    Path file =
        (elsewhere == null ? Path.of("../../../shared/corpora") : Path.of(elsewhere))
            .resolve("nmea")
            .resolve(name);
    if (!Files.exists(file)) {
      String message = "the corpora are not at " + file.toAbsolutePath().normalize();
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return file;
  }
}
