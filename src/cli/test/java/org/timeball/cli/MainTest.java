package org.timeball.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.timeball.server.json.Json;

class MainTest {
  private static final String RMC =
      "$GPRMC,120000.00,A,5128.6700,N,00000.0000,E,0.0,0.0,231126,,,A*57\r\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int timeball(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  static List<String> commands() {
    return List.copyOf(Main.commands().keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpThatNamesItsExitCodes(String command) {
    assertThat(timeball(command, "--help")).isZero();

    assertThat(out.toString()).startsWith("Usage: timeball " + command).contains("Exit codes:");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandRefusesAnOptionThatItDoesNotKnow(String command) {
    assertThat(timeball(command, "--no-such-option")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).isNotEmpty();
  }

  @Test
  void theHelpListsEveryCommand() {
    assertThat(timeball("--help")).isZero();

    assertThat(out.toString()).contains(commands());
  }

  @Test
  void aCommandThatThereIsNotGetsASuggestion() {
    assertThat(timeball("versoin")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("timeball version");
  }

  @Test
  void noCommandAtAllShowsTheHelp() {
    assertThat(timeball()).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("which command?").contains("demo");
  }

  @Test
  void versionSaysWhichProgramAndWhichJava() throws Exception {
    assertThat(timeball("version", "--json")).isZero();

    assertThat(Json.read(out.toString().strip()).toString())
        .contains("java=" + Runtime.version())
        .doesNotContain("${");
  }

  @Test
  void checkConfigShowsEveryMistakeWithItsPlace() throws IOException {
    Path file = folder.resolve("bad.toml");
    Files.writeString(file, "clok = 1\n[[listen]]\nname = \"a\"\nport = 70000\n");

    assertThat(timeball("check-config", file.toString())).isEqualTo(ExitCode.CONFIGURATION);

    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(file + ":1:1: ").contains("'clock'"),
            line -> assertThat(line).startsWith(file + ":4:1: ").contains("70000"));
  }

  @Test
  void checkConfigAcceptsAGoodFile() throws IOException {
    Path file = folder.resolve("good.toml");
    Files.writeString(
        file,
        """
        [[refclock]]
        name = "gps"
        driver = "nmea"
        device = "/dev/serial0"
        pulse = { device = "/dev/pps0" }
        """);

    assertThat(timeball("check-config", file.toString())).isZero();

    assertThat(out.toString()).contains("good");
  }

  @Test
  void decodeSaysWhereEachMomentBegins() throws IOException {
    Path file = folder.resolve("log");
    Files.writeString(file, "noise\r\n" + RMC);

    assertThat(timeball("decode", "nmea", file.toString(), "--json")).isZero();

    assertThat(out.toString())
        .startsWith("{\"off\":7,\"utc\":\"2026-11-23T12:00:00.000Z\",\"kind\":\"RMC\"");
  }

  @Test
  void decodeRepairsAWeekRolloverOnlyWithAFloorDate() throws IOException {
    Path file = folder.resolve("log");
    Files.writeString(
        file, "$GPRMC,120000.00,A,5128.6700,N,00000.0000,E,0.0,0.0,090407,,,A*58\r\n");

    timeball("decode", "nmea", file.toString(), "--json");
    timeball("decode", "nmea", file.toString(), "--json", "--not-before", "2026-01-01");

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("2007-04-09T12:00:00.000Z"),
            line -> assertThat(line).contains("2026-11-23T12:00:00.000Z"));
  }

  @Test
  void decodeOfAFileThatIsNotThereSaysSo() {
    assertThat(timeball("decode", "nmea", folder.resolve("none").toString()))
        .isEqualTo(ExitCode.IO);

    assertThat(err.toString()).contains("there is no such file");
  }

  @Test
  void decodeByADriverThatThereIsNotNamesThoseThatThereAre() {
    assertThat(timeball("decode", "nema", "/dev/null")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("did you mean 'nmea'?");
  }

  @ParameterizedTest
  @MethodSource("asking")
  void whoAsksADaemonThatIsNotRunningIsToldWhatToDo(String command) {
    assertThat(timeball(command, "--directory", folder.toString())).isEqualTo(ExitCode.UNAVAILABLE);

    assertThat(err.toString())
        .contains("no timeball is running", folder.toString(), "systemctl start timeball");
  }

  static List<String> asking() {
    return List.of("status", "sources", "why", "online", "offline", "reload");
  }

  @Test
  void runWithAFileThatHasMistakesShowsThemAndDoesNotStart() throws IOException {
    Path file = folder.resolve("bad.toml");
    Files.writeString(file, "[clock]\nsteer = 7\n");

    assertThat(timeball("run", "--config", file.toString())).isEqualTo(ExitCode.CONFIGURATION);

    assertThat(err.toString()).contains(":2:1: steer: expected text in quotes");
  }

  @Test
  void aQueryToAPortWhereNobodyListensSaysSo() {
    assertThat(timeball("query", "127.0.0.1:1")).isEqualTo(ExitCode.IO);

    assertThat(err.toString()).contains("nothing listens");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aServerCanBeNamedInManyWays(String text, String host, int port) throws Exception {
    assertThat(HostAndPort.parse(text)).isEqualTo(new HostAndPort(host, port));
  }

  static List<Object[]> servers() {
    return List.of(
        new Object[] {"time.example", "time.example", 123},
        new Object[] {"time.example:1123", "time.example", 1123},
        new Object[] {"192.0.2.7:1123", "192.0.2.7", 1123},
        new Object[] {"2001:db8::7", "2001:db8::7", 123},
        new Object[] {"[2001:db8::7]", "2001:db8::7", 123},
        new Object[] {"[2001:db8::7]:1123", "2001:db8::7", 1123});
  }

  @Test
  void aPortThatCannotBeIsRefused() {
    assertThat(timeball("query", "127.0.0.1:70000")).isEqualTo(ExitCode.USAGE);
    assertThat(timeball("demo", "--ntp-port", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(timeball("demo", "--duration", "-1")).isEqualTo(ExitCode.USAGE);
  }
}
