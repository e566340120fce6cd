package org.timeball.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.checks.Project;

/** {@code timeball set-date} as it is started by hand. It never gets the right to set a clock. */
@Tag("slow")
final class SetDateTest {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir private Path folder;

  private record Ran(int exitCode, String output) {}

  private static Ran setDate(String... arguments) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(SETPRIV), "the package util-linux is missing");
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(
          List.of(SETPRIV.toString(), "--bounding-set=-sys_time", "--inh-caps=-sys_time", "--"));
    }
    command.add(Project.ROOT.resolve("scripts/timeball").toString());
    command.add("set-date");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  @Test
  void comparesWithARunningServerAndWithoutThePrivilegeSetsNothing() throws Exception {
    try (Demo demo = Demo.start(120, folder)) {
      demo.awaitLine(Demo.event("listening"));
      Ran early = setDate("--dry-run", "--count=1", "127.0.0.1:" + demo.port());
      demo.awaitLine(Demo.event("ready"));
      demo.awaitLine(Demo.after(20));
      Ran ready = setDate("--dry-run", "127.0.0.1:" + demo.port());
      Ran wanted = setDate("--beside-daemon", "127.0.0.1:" + demo.port());

      // It was asked before or after it became synchronised: either answer is right, no other is.
      assertThat(early.output()).containsAnyOf("not synchronised", "agrees: offset");
      assertThat(ready.exitCode()).as(ready.output()).isZero();
      assertThat(ready.output()).contains("agrees: offset", "4 of 4 answers good");
      assertThat(wanted.exitCode()).isEqualTo(74);
      assertThat(wanted.output()).contains("CAP_SYS_TIME is missing");
    }
  }
}
