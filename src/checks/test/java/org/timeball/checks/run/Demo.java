package org.timeball.checks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.timeball.checks.Project;

/** {@code scripts/timeball demo}, running as a process of its own. */
final class Demo implements AutoCloseable {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern ELAPSED = Pattern.compile("\"elapsed_seconds\":([0-9.]+)");

  private final Process process;
  private final BufferedReader lines;
  private final int port;
  private final Path errors;

  private Demo(Process process, int port, Path errors) {
    this.process = process;
    this.lines = process.inputReader();
    this.port = port;
    this.errors = errors;
  }

  /** Starts it on a free port; it ends by itself after {@code seconds}, whatever happens to us. */
  static Demo start(int seconds, Path folder) throws IOException {
    int port;
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    Path errors = folder.resolve("demo.err");
    Process process =
        new ProcessBuilder(
                Project.ROOT.resolve("scripts/timeball").toString(),
                "demo",
                "--json",
                "--ntp-port=" + port,
                "--duration=" + seconds)
            .redirectError(errors.toFile())
            .start();
    return new Demo(process, port, errors);
  }

  int port() {
    return port;
  }

  /** Reads on until a line is as wanted. The demo's end bounds the wait. */
  String awaitLine(Predicate<String> wanted) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new AssertionError("the demo ended before that; it said: " + Files.readString(errors));
  }

  /** Whether a line is the event of this name. */
  static Predicate<String> event(String name) {
    return line -> line.contains("\"event\":\"" + name + "\"");
  }

  /** Whether a line was written this long after the start. */
  static Predicate<String> after(double seconds) {
    return line ->
        ELAPSED
            .matcher(line)
            .results()
            .anyMatch(found -> Double.parseDouble(found.group(1)) >= seconds);
  }

  /** What the process holds of the machine's memory, in octets. */
  long residentOctets() throws IOException {
    String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    MatchResult found = RESIDENT.matcher(status).results().findFirst().orElseThrow();
    return Long.parseLong(found.group(1)) * 1024;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      lines.close();
    }
  }
}
