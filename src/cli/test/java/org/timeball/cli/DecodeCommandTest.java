package org.timeball.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DecodeCommandTest {
  private static final String RMC = sentence("GPRMC,120000.25,A,5128.67,N,0,E,0.0,,231126,,,A");
  private static final String GGA = sentence("GPGGA,120000.25,5128.67,N,0,E,1,09,0.9,47,M,45,M,,");

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static String sentence(String text) {
    int checksum = text.chars().reduce(0, (a, b) -> a ^ b);
    return String.format(Locale.ROOT, "$%s*%02X\r\n", text, checksum);
  }

  private int decode(String recording, String... options) throws IOException {
    Path file = directory.resolve("recording");
    Files.write(file, recording.getBytes(ISO_8859_1));
    CommandLine line = new CommandLine(new DecodeCommand());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] arguments = new String[options.length + 2];
    arguments[0] = "nmea";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return line.execute(arguments);
  }

  @Test
  void namesWhereASentenceBeginsAndTheMomentItNames() throws IOException {
    int exit = decode("# a comment\r\n" + RMC, "--json");

    assertThat(exit).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("{\"off\":13,\"utc\":\"2026-11-23T12:00:00.250Z\",");
  }

  @Test
  void leavesSentencesWithoutADayOutOfTheObjectsAndShowsThemToPeople() throws IOException {
    assertThat(decode(RMC + GGA, "--json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("RMC").doesNotContain("GGA");

    assertThat(decode(RMC + GGA)).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("GGA").contains("2 moments read");
  }

  @Test
  void losesNoSentenceWhereverNoiseEndsBeforeIt() throws IOException {
    for (int noise = 4_700; noise < 4_900; noise += 16) {
      decode("~".repeat(noise) + RMC, "--json");
      assertThat(out.toString()).as("%d octets", noise).contains("\"off\":" + noise + ",");
    }
  }

  @Test
  void repairsNoDateUnlessAFloorIsGiven() throws IOException {
    String old = sentence("GPRMC,120000.00,A,5128.67,N,0,E,0.0,,010180,,,A");

    decode(old, "--json");
    assertThat(out.toString()).contains("1980-01-01T12:00:00.000Z");

    decode(old, "--json", "--not-before", "2019-03-14");
    assertThat(out.toString()).contains("2019-04-02T12:00:00.000Z");
  }
}
