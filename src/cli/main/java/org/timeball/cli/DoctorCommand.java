package org.timeball.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.timeball.platform.doctor.Doctor;
import org.timeball.platform.doctor.Finding;
import org.timeball.platform.doctor.Questions;
import org.timeball.server.Build;
import org.timeball.server.InstalledDrivers;
import org.timeball.server.config.ClockSettings;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.DriverChoice;
import org.timeball.server.config.ListenSettings;
import org.timeball.server.json.Json;
import org.timeball.spi.LineNeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code timeball doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks at this machine: devices, permissions, what the kernel can do, who else holds the"
          + " serial line, the clock or port 123. Changes nothing, and says what to do.",
      "Run it as the user of the service, because permissions are looked at as they are for you."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing stands in the way",
      "1:something does",
      "2:the command line is wrong",
      "78:the configuration has mistakes"
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Looks at what this configuration needs. Without it: /dev/serial0, /dev/pps0, port 123.")
  private Path config;

  @Option(names = "--json", description = "One JSON list instead of text.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailure {
    List<Finding> findings = new Doctor().examine(questions());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(findings));
    } else {
      findings.forEach(finding -> show(out, finding));
    }
    return findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.PROBLEM)
        ? ExitCode.NO
        : ExitCode.OK;
  }

  private static void show(PrintWriter out, Finding finding) {
    String mark =
        switch (finding.verdict()) {
          case GOOD -> "good   ";
          case NOTE -> "note   ";
          case PROBLEM -> "PROBLEM";
        };
    out.println(mark + "  " + finding.subject() + ": " + finding.found());
    if (!finding.advice().isEmpty()) {
      out.println("         → " + finding.advice());
    }
  }

  private Questions questions() throws CommandFailure {
    if (config == null) {
      return Questions.USUAL;
    }
    try {
      return questions(
          new ConfigurationFile(InstalledDrivers.find(), Build.current().date()).read(config));
    } catch (ConfigurationException e) {
      throw new CommandFailure(ExitCode.CONFIGURATION, e.getMessage());
    }
  }

  private static Questions questions(Configuration configuration) {
    List<Path> serial = new ArrayList<>();
    List<Path> pulses = new ArrayList<>();
    configuration.refclocks().stream()
        .flatMap(refclock -> Stream.concat(Stream.of(refclock.driver()), refclock.pulse().stream()))
        .map(DriverChoice::line)
        .forEach(line -> {
          switch (line) {
            case LineNeed.Serial need -> serial.add(Path.of(need.device()));
            case LineNeed.Modem need -> serial.add(Path.of(need.device()));
            case LineNeed.Pulses need -> pulses.add(Path.of(need.device()));
            case LineNeed.Socket _, LineNeed.SharedMemory _ -> {}
          }
        });
    return new Questions(
        serial,
        pulses,
        configuration.listeners().stream().map(ListenSettings::port).distinct().toList(),
        configuration.clock().steer() == ClockSettings.Steer.KERNEL,
        configuration.gpio().isUsed());
  }
}
