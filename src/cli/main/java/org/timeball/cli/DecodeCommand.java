package org.timeball.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.timeball.server.InstalledDrivers;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.DriverChoice;
import org.timeball.server.config.Drivers;
import org.timeball.server.decode.Finding;
import org.timeball.server.decode.RecordedLine;
import org.timeball.server.json.Json;
import org.timeball.server.report.ReportText;
import org.timeball.spi.Label;
import org.timeball.spi.LineNeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code timeball decode}. */
@Command(
    name = "decode",
    description = {
      "Runs a driver from a recording of its line and shows every moment that the driver read:"
          + " where its sentence begins, the moment, the sentence's kind, and what it may be used"
          + " for.",
      "What was refused is counted at the end."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the recording was read to its end, whether it names a moment or not",
      "2:the command line is wrong",
      "74:the recording cannot be read"
    })
final class DecodeCommand implements Callable<Integer> {
  /**
   * Without a floor nothing is repaired: before GPS time began, but receivers without satellites
   * are known to count from the first day of its first year.
   */
  private static final LocalDate NO_FLOOR = LocalDate.of(1980, 1, 1);

  /** A setting of many drivers: speeds to search. A recording has only one. */
  private static final String BAUD = "baud";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DRIVER", description = "Such as nmea.")
  private String driver;

  @Parameters(index = "1", paramLabel = "FILE", description = "The octets as they came.")
  private Path file;

  @Option(
      names = "--not-before",
      paramLabel = "DATE",
      description =
          "No time before this day can be true; settles two-digit years and week rollovers. Nothing"
              + " is repaired unless given.")
  private LocalDate notBefore = NO_FLOOR;

  @Option(
      names = "--json",
      description =
          "One JSON object for each moment whose sentence names the day as well as the time.")
  private boolean json;

  private record Moment(long off, String utc, String kind, String standing) {}

  private final Map<String, Integer> refusals = new TreeMap<>();
  private long moments;

  @Override
  public Integer call() throws CommandFailure {
    DriverChoice choice = choice();
    PrintWriter out = spec.commandLine().getOut();
    try (InputStream recording = new BufferedInputStream(Files.newInputStream(file))) {
      RecordedLine.play(choice, recording, finding -> show(out, finding));
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.IO, file + ": there is no such file");
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.IO, file + ": cannot be read: " + e.getMessage());
    }
    if (!json) {
      out.println(moments + " moments read");
      refusals.forEach((reason, count) -> out.println(count + " × " + reason));
    }
    return ExitCode.OK;
  }

  private void show(PrintWriter out, Finding finding) {
    switch (finding) {
      // A time of day, given the day of an earlier sentence, is no moment that it names itself.
      case Finding.Instant(Label label) when json && !label.dated() -> {}
      case Finding.Instant(Label label) -> {
        moments++;
        String standing = ReportText.words(label.standing());
        out.println(
            json
                ? Json.write(
                    new Moment(label.octetOffset(), label.utc().toString(), label.kind(), standing))
                : "%8d  %s  %-4s %s"
                    .formatted(label.octetOffset(), label.utc(), label.kind(), standing));
      }
      case Finding.Refusal refusal -> refusals.merge(refusal.reason(), 1, Integer::sum);
      case Finding.Remark(String sentence) -> {
        if (!json) {
          out.println(sentence);
        }
      }
    }
  }

  /** One speed, so that a driver does not give up half a sentence to look for others. */
  private String speed(Drivers drivers) {
    return drivers.find(driver).stream()
            .flatMap(provider -> provider.settings().stream())
            .anyMatch(setting -> setting.key().equals(BAUD))
        ? "baud = [" + RecordedLine.BAUD + "]"
        : "";
  }

  /** The driver with its defaults; the device that some must be given is the recording. */
  private DriverChoice choice() throws CommandFailure {
    try {
      Drivers drivers = InstalledDrivers.find();
      DriverChoice choice =
          new ConfigurationFile(drivers, notBefore)
              .parse(
                  "decode",
                  """
                  [[refclock]]
                  name = "recording"
                  driver = %s
                  device = "recording"
                  %s
                  """
                      .formatted(Json.write(driver), speed(drivers)))
              .refclocks()
              .getFirst()
              .driver();
      if (choice.line() instanceof LineNeed.Serial) {
        return choice;
      }
      throw new CommandFailure(
          ExitCode.USAGE,
          "the driver '%s' reads no serial line, so a recording says nothing to it"
              .formatted(driver));
    } catch (ConfigurationException e) {
      throw new CommandFailure(ExitCode.USAGE, e.problems().getFirst().message());
    }
  }
}
