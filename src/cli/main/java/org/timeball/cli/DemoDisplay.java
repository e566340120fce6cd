package org.timeball.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.timeball.core.ServerState;
import org.timeball.core.control.StatusReport;
import org.timeball.server.Demonstration;
import org.timeball.server.json.Json;
import org.timeball.server.report.DaemonReport;
import org.timeball.server.report.Quantities;
import org.timeball.server.report.ReportText;

/** Prints what a demonstration does: {@code listening}, {@code ready}, and a line a second. */
final class DemoDisplay {
  private static final long LOOK_MILLIS = 50;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Demonstration demonstration;
  private final PrintWriter out;
  private final boolean json;

  /**
   * One second of the demonstration, for programs. Times are seconds, frequencies dimensionless.
   *
   * @param offset what the server believes: the clock minus true time
   * @param errorBound how wrong the server says that the clock may be
   * @param trueError the clock minus the truth, which the server cannot see
   */
  private record Second(
      String event,
      double elapsedSeconds,
      String state,
      int stratum,
      OptionalDouble offset,
      OptionalDouble errorBound,
      double trueError,
      OptionalDouble frequency,
      Integer satellites,
      long requests) {}

  DemoDisplay(Demonstration demonstration, PrintWriter out, boolean json) {
    this.demonstration = demonstration;
    this.out = out;
    this.json = json;
  }

  /**
   * Shows it until it is over.
   *
   * @param durationSeconds null for ever
   * @return the exit code
   */
  int run(int port, CountDownLatch interrupted, Double durationSeconds)
      throws InterruptedException {
    event("listening", "listening on 127.0.0.1 and ::1, port " + port);
    double nextLine = 1;
    boolean ready = false;
    double elapsed = elapsedSeconds();
    while (durationSeconds == null || elapsed < durationSeconds) {
      if (!ready && isReady()) {
        ready = true;
        event("ready", "ready: stratum 1");
      }
      if (elapsed >= nextLine) {
        nextLine = Math.floor(elapsed) + 1;
        second(elapsed);
      }
      if (interrupted.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return isReady() ? ExitCode.OK : ExitCode.NO;
      }
      elapsed = elapsedSeconds();
    }
    return isReady() ? ExitCode.OK : ExitCode.NO;
  }

  private double elapsedSeconds() {
    return demonstration.daemon().upNanos() / NANOS_PER_SECOND;
  }

  private boolean isReady() {
    ServerState state = demonstration.daemon().published();
    return state.stratum() == 1;
  }

  private void event(String name, String text) {
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("event", name);
      fields.put("elapsed_seconds", elapsedSeconds());
      out.println(Json.write(fields));
    } else {
      out.println(text);
    }
    out.flush();
  }

  private void second(double elapsed) {
    DaemonReport report = demonstration.daemon().report();
    StatusReport time = report.time();
    StatusReport.Synchronisation system = time.system();
    double trueError = demonstration.trueErrorSeconds();
    OptionalDouble offset =
        system.offset().isPresent()
            ? OptionalDouble.of(-system.offset().getAsDouble())
            : OptionalDouble.empty();
    if (json) {
      out.println(
          Json.write(
              new Second(
                  "status",
                  elapsed,
                  ReportText.words(system.state()),
                  system.stratum(),
                  offset,
                  system.errorBound(),
                  trueError,
                  time.clock().frequency(),
                  ReportText.satellites(time).orElse(null),
                  report.answered())));
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%4.0f s  %-13s offset %s ± %s (truly %s)  %s  %s satellites  %d requests",
              elapsed,
              ReportText.words(system.state()),
              offset.isPresent() ? Quantities.signedSeconds(offset.getAsDouble()) : "unknown",
              system.errorBound().isPresent()
                  ? Quantities.seconds(system.errorBound().getAsDouble())
                  : "unknown",
              Quantities.signedSeconds(trueError),
              Quantities.ppm(time.clock().frequency()),
              ReportText.satellites(time).map(String::valueOf).orElse("no"),
              report.answered()));
    }
    out.flush();
  }
}
