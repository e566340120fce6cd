package org.timeball.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.refclock.Pairing;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.MachineClock;
import org.timeball.platform.process.KernelRandom;
import org.timeball.server.Demonstration;
import org.timeball.server.control.ControlClient;
import org.timeball.server.query.Query;
import org.timeball.server.query.QueryResult;
import org.timeball.sim.receiver.Fault;
import org.timeball.sim.receiver.ReceiverSettings;
import org.timeball.time.Leap;

/**
 * The whole daemon on a pseudo-terminal and simulated pulses, while its receiver has trouble. One
 * daemon lives through all of it.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DisturbedReceiverTest {
  private static final ReceiverSettings WELL = ReceiverSettings.common();
  private static final long FOR_EVER = Long.MAX_VALUE;
  private static final long TWO_SECONDS = 2_000_000_000L;

  private Path folder;
  private Demonstration demonstration;
  private InetSocketAddress address;

  @BeforeAll
  void start(@TempDir Path runDirectory) throws Exception {
    folder = runDirectory;
    int port;
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    demonstration = new Demonstration(port, WELL, 1, folder);
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @AfterAll
  void end() {
    demonstration.close();
  }

  @BeforeEach
  void heal() {
    demonstration.station().change(WELL);
    awaitGood();
  }

  @Test
  void answersThatItIsSynchronisedAndRightWithinItsRootDistance() {
    QueryResult answer =
        Eventually.see("a good answer", this::ask, result -> result.delay() < 0.005);

    assertThat(answer.stratum()).isEqualTo(1);
    assertThat(answer.reference()).isEqualTo("SIM");
    assertThat(answer.leap()).isEqualTo(Leap.NONE);
    assertThat(Math.abs(answer.offset())).isLessThan(answer.rootDistance());
  }

  @Test
  void holdsOverWithoutAntennaSaysSoAndComesBackWithoutAStep() {
    long steps = status().clock().steps();
    disturb(new Fault.NoFix());

    StatusReport holding = awaitState(State.HOLDOVER);
    assertThat(why()).anyMatch(line -> line.startsWith("Holding over: "));
    awaitWhy("sim: the receiver says that it has no fix");
    QueryResult early = ask();
    QueryResult late =
        Eventually.see(
            "a larger dispersion", this::ask, r -> r.rootDispersion() > early.rootDispersion());
    assertThat(late.stratum()).isEqualTo(1);
    assertThat(holding.system().untilLostSeconds()).isPresent();

    demonstration.station().change(WELL);
    assertThat(awaitGood().clock().steps()).isEqualTo(steps);
  }

  @Test
  void saysThatTheLineIsUnpluggedAndGoesOnWhenItIsBack() throws IOException {
    long steps = status().clock().steps();
    demonstration.station().unplug();

    StatusReport without =
        Eventually.see(
            "the lost line",
            this::status,
            report -> line(report, "sim").equals(Optional.of(false)));
    assertThat(without.refclocks())
        .filteredOn(refclock -> refclock.name().equals("sim"))
        .singleElement()
        .satisfies(refclock ->
            assertThat(refclock.lineReason()).contains(folder.resolve("receiver").toString()));
    assertThat(ask().stratum()).isEqualTo(1);

    demonstration.station().plugIn();
    Eventually.see(
        "the line again", this::status, report -> line(report, "sim").equals(Optional.of(true)));
    assertThat(awaitGood().clock().steps()).isEqualTo(steps);
  }

  @Test
  void isNotMovedByNoiseOnTheLineAndCountsIt() {
    long steps = status().clock().steps();
    long before = rejected(status());
    disturb(new Fault.Noise(0.05));

    Eventually.see("refused sentences", () -> rejected(status()), count -> count > before + 5);
    assertThat(ask().stratum()).isEqualTo(1);
    assertThat(Math.abs(demonstration.trueErrorSeconds())).isLessThan(0.05);

    demonstration.station().change(WELL);
    assertThat(awaitGood().clock().steps()).isEqualTo(steps);
  }

  @Test
  void namesTheWireWhenThePulsesStop() {
    disturb(new Fault.NoPulses());

    awaitWhy("sim: no pulse on sim.pulse");

    demonstration.station().change(WELL);
    awaitGood();
  }

  @Test
  void tellsWhoAsksOverItsControlSocketWhatItTellsUs() throws Exception {
    assertThat(ControlClient.ask(folder, "why").text())
        .startsWith("Synchronised to sim as stratum 1");
    assertThat(ControlClient.ask(folder, "status").text())
        .contains("stratum 1, reference SIM (sim)");
    assertThat(ControlClient.ask(folder, "sources").text()).contains("sim");
  }

  private void disturb(Fault fault) {
    demonstration.station().change(WELL.withFault(demonstration.station().age(), FOR_EVER, fault));
  }

  private StatusReport status() {
    return demonstration.daemon().report().time();
  }

  private List<String> why() {
    return status().why();
  }

  private StatusReport awaitState(State state) {
    return Eventually.see(
        state.toString(), this::status, report -> report.system().state() == state);
  }

  /** Following the receiver, with nothing left to complain about. */
  private StatusReport awaitGood() {
    return Eventually.see(
        "stratum 1 from numbered pulses",
        this::status,
        report ->
            report.system().state() == State.SYNCHRONISED
                && report.system().stratum() == 1
                && report.sources().getFirst().pairing() == Pairing.NUMBERED);
  }

  private void awaitWhy(String begin) {
    Eventually.see(
        "'" + begin + "'", this::why, lines -> lines.stream().anyMatch(l -> l.startsWith(begin)));
  }

  private static Optional<Boolean> line(StatusReport report, String name) {
    return report.refclocks().stream()
        .filter(refclock -> refclock.name().equals(name))
        .findFirst()
        .flatMap(StatusReport.Refclock::lineUp);
  }

  private static long rejected(StatusReport report) {
    return report.refclocks().stream()
        .flatMap(refclock -> refclock.rejected().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  private QueryResult ask() {
    try (HostClock clock = new MachineClock()) {
      return new Query(address, clock, new KernelRandom())
          .ask(TWO_SECONDS)
          .orElseThrow(() -> new AssertionError("no answer from " + address));
    } catch (IOException e) {
      throw new AssertionError("cannot ask " + address, e);
    }
  }
}
