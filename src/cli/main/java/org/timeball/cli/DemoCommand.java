package org.timeball.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.timeball.platform.service.Signals;
import org.timeball.server.Demonstration;
import org.timeball.server.StartFailure;
import org.timeball.server.config.LogSettings;
import org.timeball.server.log.LogSetup;
import org.timeball.sim.receiver.ReceiverSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code timeball demo}. */
@Command(
    name = "demo",
    description = {
      "Runs a whole stratum-1 server with a simulated receiver: no privilege, no hardware, no"
          + " configuration.",
      "The receiver writes NMEA into a pseudo-terminal and makes pulses; its truth is this"
          + " machine's clock, which is only looked at. The clock that is served starts 0.3 s and"
          + " 40 ppm wrong and is pulled in.",
      "Ask it with 'timeball query 127.0.0.1:11123', and why it is in its state with 'timeball"
          + " why'."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it ran for its time and was synchronised at the end",
      "1:it ran for its time and was not synchronised at the end",
      "2:the command line is wrong",
      "74:a port or a pseudo-terminal cannot be had"
    })
final class DemoCommand implements Callable<Integer> {
  /** Where the demonstration answers unless it is told otherwise. */
  static final int DEFAULT_PORT = 11_123;

  private static final int HIGHEST_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--ntp-port",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_PORT,
      description = "UDP port on 127.0.0.1 and ::1; ${DEFAULT-VALUE} unless given.")
  private int port;

  @Option(
      names = "--duration",
      paramLabel = "S",
      description = "Ends after so many seconds; runs until interrupted unless given.")
  private Double durationSeconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Makes the receiver's noise repeatable; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Option(names = "--json", description = "One JSON object a line instead of text.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (port < 1 || port > HIGHEST_PORT) {
      throw new CommandFailure(ExitCode.USAGE, "--ntp-port " + port + " is outside 1 to 65535");
    }
    if (durationSeconds != null && !(durationSeconds > 0)) {
      throw new CommandFailure(ExitCode.USAGE, "--duration " + durationSeconds + " is not above 0");
    }
    LogSetup.start(LogSettings.Level.INFO, System.getenv(), System.err);
    PrintWriter out = spec.commandLine().getOut();
    Path directory = RunDirectory.ofDemonstration(System.getenv(), port);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch finished = new CountDownLatch(1);
    try (Demonstration demonstration =
        new Demonstration(port, ReceiverSettings.common(), seed, directory)) {
      Signals.onTermination(() -> end(interrupted, finished));
      return new DemoDisplay(demonstration, out, json).run(port, interrupted, durationSeconds);
    } catch (StartFailure e) {
      throw new CommandFailure(ExitCode.IO, e.getMessage());
    } finally {
      finished.countDown();
    }
  }

  /** On SIGTERM or SIGINT: lets the demonstration close in good order before the machine halts. */
  private static void end(CountDownLatch interrupted, CountDownLatch finished) {
    interrupted.countDown();
    try {
      boolean inTime = finished.await(5, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("the demonstration did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
