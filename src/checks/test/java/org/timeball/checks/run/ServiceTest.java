package org.timeball.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.checks.Project;
import org.timeball.server.control.ControlClient;

/** {@code timeball run} as a service manager runs it. */
@Tag("slow")
final class ServiceTest {
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir private Path folder;

  @Test
  void tellsItsManagerHowItIsFromReadyToTheEnd() throws Exception {
    if (!NotifyInbox.isPossible()) {
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail("the package python3 is missing");
      }
      Assumptions.abort("python3 is missing");
    }
    Path configuration = configuration("info");
    Path log = folder.resolve("log");
    Path socket = folder.resolve("notify");
    try (NotifyInbox manager = NotifyInbox.at(socket)) {
      Process service = start(configuration, socket, log);
      try {
        manager.await("READY=1");
        manager.await("WATCHDOG=1");
        assertThat(ControlClient.ask(folder.resolve("run"), "why").text())
            .contains("Not synchronised");

        configuration("debug");
        signal(service, "HUP");
        manager.await("RELOADING=1 MONOTONIC_USEC=");
        manager.await("READY=1");

        signal(service, "TERM");
        manager.await("STOPPING=1");
        assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      } catch (AssertionError e) {
        throw new AssertionError("the service wrote: " + Files.readString(log), e);
      } finally {
        service.destroyForcibly();
      }
    }
    assertThat(Files.readAllLines(log))
        .contains("<6>reloaded; the new configuration is in force")
        .allMatch(line -> line.matches("<[0-7]>.*"));
    assertThat(folder.resolve("state/learned")).isNotEmptyFile();
    assertThat(folder.resolve("run/control")).doesNotExist();
  }

  private Process start(Path configuration, Path socket, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                // Whoever runs the tests may have SIGHUP ignored; a service manager does not.
                "env",
                "--default-signal=HUP",
                Project.ROOT.resolve("scripts/timeball").toString(),
                "run",
                "--config",
                configuration.toString())
            .redirectOutput(log.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "NOTIFY_SOCKET", socket.toString(),
                "WATCHDOG_USEC", "2000000",
                "JOURNAL_STREAM", "8:1",
                "RUNTIME_DIRECTORY", folder.resolve("run").toString(),
                "STATE_DIRECTORY", folder.resolve("state").toString()));
    return builder.start();
  }

  private Path configuration(String level) throws IOException {
    int port;
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    return Files.writeString(
        folder.resolve("timeball.toml"),
        """
        [clock]
        steer = "user"
        [[listen]]
        name = "test"
        address = "127.0.0.1"
        port = %d
        [log]
        level = "%s"
        """
            .formatted(port, level));
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill =
        new ProcessBuilder(List.of("kill", "-" + name, Long.toString(process.pid()))).start();
    assertThat(kill.waitFor()).isZero();
  }
}
