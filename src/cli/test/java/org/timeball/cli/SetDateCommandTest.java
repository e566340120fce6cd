package org.timeball.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.MachineTime;
import org.timeball.platform.clock.UserClock;
import org.timeball.server.json.Json;
import picocli.CommandLine;

/** The command with a clock that is nobody's, and a server on the loopback device. */
class SetDateCommandTest {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final UserClock clock = UserClock.startingWrong(-HOUR_NANOS, 0);
  private final Machine machine = new Machine();
  private LoopbackServer server;

  /** A machine whose clock is an hour slow. */
  private final class Machine implements DateMachine {
    private Optional<String> keeper = Optional.empty();
    private boolean maySet = true;

    @Override
    public HostClock clock() {
      return clock;
    }

    @Override
    public HostClock takeClock() throws ClockException {
      return clock;
    }

    @Override
    public Optional<String> keeper() {
      return keeper;
    }

    @Override
    public boolean maySetClock() {
      return maySet;
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server = new LoopbackServer();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private int setDate(String... options) {
    CommandLine line = new CommandLine(new SetDateCommand(machine));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      err.append(failure.getMessage());
      return ((CommandFailure) failure).exitCode();
    });
    String[] all = new String[options.length + 2];
    System.arraycopy(options, 0, all, 2, options.length);
    all[0] = "127.0.0.1:" + server.port();
    all[1] = "--count=1";
    return line.execute(all);
  }

  private double clockBehind() {
    return (MachineTime.unixNanos() - clock.nowUnixNanos()) * 1e-9;
  }

  @Test
  void setsTheClockAndSaysWhatItDoes() {
    assertThat(setDate()).isEqualTo(ExitCode.OK);

    assertThat(clockBehind()).isCloseTo(0, within(1.0));
    // A machine that is busy measures a little less.
    assertThat(out.toString())
        .containsPattern("agrees: offset \\+(3600|3599)\\.\\d")
        .containsPattern("Setting the clock forward by (3600|3599)\\.\\d")
        .contains("Done: stepped");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aDryRunSaysTheSameAndTouchesNothingWhateverThisUserMay() throws Exception {
    machine.maySet = false;
    machine.keeper = Optional.of("chronyd (process 7)");

    assertThat(setDate("--dry-run", "--json")).isEqualTo(ExitCode.OK);

    assertThat(clockBehind()).isCloseTo(3600, within(1.0));
    Map<?, ?> report = (Map<?, ?>) Json.read(out.toString().strip());
    assertThat(report.get("decision")).isEqualTo("set");
    assertThat(report.get("stepped_nanos")).isEqualTo(0L);
    assertThat((Double) report.get("offset")).isCloseTo(3600, within(1.0));
    assertThat(report.get("agreeing")).isEqualTo(1L);
  }

  @Test
  void withoutThePrivilegeItSaysWhichOneIsMissing() {
    machine.maySet = false;

    assertThat(setDate()).isEqualTo(ExitCode.IO);

    assertThat(err.toString()).contains("CAP_SYS_TIME is missing", "--dry-run");
    assertThat(clockBehind()).isCloseTo(3600, within(1.0));
  }

  @Test
  void aClockThatAnotherProgramKeepsIsSetOnlyIfThatIsSaid() {
    machine.keeper = Optional.of("chronyd (process 7)");

    assertThat(setDate()).isEqualTo(ExitCode.NO);
    assertThat(err.toString()).contains("chronyd (process 7)", "--beside-daemon");
    assertThat(clockBehind()).isCloseTo(3600, within(1.0));

    assertThat(setDate("--beside-daemon")).isEqualTo(ExitCode.OK);
    assertThat(clockBehind()).isCloseTo(0, within(1.0));
  }

  @Test
  void oneServerHasOneVote() {
    assertThat(setDate("127.0.0.1:" + server.port())).isEqualTo(ExitCode.USAGE);
    assertThat(setDate("--minimum-sources=2")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("named twice", "--minimum-sources 2 is outside 1 to 1");
  }
}
