package org.timeball.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Clients that somebody else wrote. None of them is given the right to set this machine's clock.
 */
final class ForeignClient {
  private static final Path CHRONYD = Path.of("/usr/sbin/chronyd");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Pattern CHRONYD_OFFSET =
      Pattern.compile("System clock wrong by (-?[0-9.]+) seconds");
  private static final Pattern NTPLIB_ANSWER =
      Pattern.compile("stratum=(\\d+) leap=(\\d+) refid=(\\w+) offset=(\\S+)");

  /** Of several answers the one with the least delay: the others waited for the processor. */
  private static final String ASK_NTPLIB =
      """
      import ntplib, sys
      client = ntplib.NTPClient()
      answers = [client.request('127.0.0.1', port=int(sys.argv[1]), version=4) for _ in range(20)]
      best = min(answers, key=lambda answer: answer.delay)
      print('stratum=%d leap=%d refid=%s offset=%.9f' % (best.stratum, best.leap,
          best.ref_id.to_bytes(4, 'big').rstrip(b'\\0').decode(), best.offset))
      """;

  private ForeignClient() {}

  /** What an answer said; the offset is in seconds, the server's clock minus the machine's. */
  record Answer(int stratum, int leap, String referenceId, double offset) {}

  /** Asks with python3-ntplib. */
  static Answer ntplib(int port) throws IOException, InterruptedException {
    need(
        Files.isExecutable(PYTHON)
            && run(List.of(PYTHON.toString(), "-c", "import ntplib")).isEmpty(),
        "python3-ntplib");
    String output = run(List.of(PYTHON.toString(), "-c", ASK_NTPLIB, Integer.toString(port)));
    MatchResult found = only(NTPLIB_ANSWER, output);
    return new Answer(
        Integer.parseInt(found.group(1)),
        Integer.parseInt(found.group(2)),
        found.group(3),
        Double.parseDouble(found.group(4)));
  }

  /** How wrong chronyd finds the machine's clock, in seconds, by this server. */
  static double chronyd(int port) throws IOException, InterruptedException {
    need(Files.isExecutable(CHRONYD), "chrony");
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("setpriv", "--bounding-set=-sys_time", "--inh-caps=-sys_time", "--"));
    }
    // -Q: measure, print, leave the clock alone. -x: leave it alone whatever else is said.
    command.addAll(List.of(CHRONYD.toString(), "-Q", "-x", "-t", "20"));
    command.add("server 127.0.0.1 port " + port + " iburst");
    return Double.parseDouble(only(CHRONYD_OFFSET, run(command)).group(1));
  }

  private static MatchResult only(Pattern pattern, String output) {
    List<MatchResult> found = pattern.matcher(output).results().toList();
    assertThat(found).as(output).hasSize(1);
    return found.getFirst();
  }

  /** Without the program there is nothing to show; continuous integration must have it. */
  private static void need(boolean present, String debianPackage) {
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("the package " + debianPackage + " is missing");
    }
    assumeTrue(present, "the package " + debianPackage + " is missing");
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
