package org.timeball.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.server.json.Json;

/** Servers asked from the command line, over the loopback device. */
class QueryCommandTest {
  /** Nothing listens there. */
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private LoopbackServer one;
  private LoopbackServer two;

  @BeforeEach
  void serve() throws IOException {
    one = new LoopbackServer();
    two = new LoopbackServer();
  }

  @AfterEach
  void end() {
    one.close();
    two.close();
  }

  private int query(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "query";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.run(new PrintWriter(out), new PrintWriter(err), all);
  }

  @Test
  void severalServersAreAskedAndEachIsTold() {
    assertThat(query(one.name(), two.name())).isEqualTo(ExitCode.OK);

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("port " + one.port(), "stratum 1"),
            line -> assertThat(line).contains("port " + two.port(), "stratum 1"));
  }

  @Test
  void oneThatCannotBeReachedDoesNotKeepTheOthersFromBeingAsked() throws Exception {
    assertThat(query("--json", NOBODY, one.name())).isEqualTo(ExitCode.IO);

    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(((Map<?, ?>) Json.read(lines.get(0))).get("error").toString())
        .contains("nothing listens");
    assertThat(((Map<?, ?>) Json.read(lines.get(1))).get("stratum")).isEqualTo(1L);
  }

  @Test
  void theVersionIsTheOneThatIsWanted() {
    for (String version : List.of("1", "2", "3", "4")) {
      assertThat(query("--version", version, one.name())).isEqualTo(ExitCode.OK);
    }
    assertThat(query("--version", "5", one.name())).isEqualTo(ExitCode.USAGE);

    assertThat(one.versions()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void anAnswerWithoutTheCodeIsNotBelievedAndAKeyNeedsItsFile() throws Exception {
    Path keys = folder.resolve("keys");
    Files.writeString(keys, "7 SHA256 HEX:00112233445566778899aabbccddeeff\n");

    assertThat(query("--key=7", "--key-file=" + keys, one.name())).isEqualTo(ExitCode.NO);
    assertThat(out.toString()).contains("NOT authentic");
    assertThat(query("--key=7", one.name())).isEqualTo(ExitCode.USAGE);
    assertThat(query("--key=8", "--key-file=" + keys, one.name())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("--key and --key-file belong together", "there is no key 8");
  }
}
