package org.timeball.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.timeball.platform.clock.MachineTime;
import org.timeball.server.Build;
import org.timeball.server.InstalledDrivers;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.sim.plot.ClockPlot;
import org.timeball.sim.plot.StoryPlot;
import org.timeball.sim.scenario.Batch;
import org.timeball.sim.scenario.Comparison;
import org.timeball.sim.scenario.Outcome;
import org.timeball.sim.scenario.Scenario;
import org.timeball.sim.scenario.Scenarios;
import org.timeball.sim.story.Stories;
import org.timeball.sim.story.Story;
import org.timeball.sim.story.Telling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code timeball sim SCENARIO}. */
@Command(
    name = "sim",
    description = {
      "Runs a scenario in virtual time and says how well the clock was kept.",
      "Without a scenario it lists those that there are. The same seed gives the same run.",
      "Those with a name instead of a number are stories of faults: it says which promises held."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it ran",
      "1:a target of the comparison is missed, or a promise of a story is broken",
      "2:there is no such scenario",
      "74:the picture cannot be written, or the simulated network is gone",
      "78:the file of --config has mistakes"
    })
final class SimCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "Such as S1; see the list.")
  private String id;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The first seed; the others follow it. Drawn at random if not given.")
  private Long seed;

  @Option(names = "--seeds", paramLabel = "N", description = "How many runs; 1 if not given.")
  private int seeds = 1;

  @Option(
      names = "--show",
      description = "Prints the world in clknetsim's configuration language and runs nothing.")
  private boolean show;

  @Option(
      names = "--compare",
      description = "Makes the table of all scenarios beside what chrony and ntpsec reach.")
  private boolean compare;

  @Option(
      names = "--clknetsim",
      paramLabel = "SOCKET",
      description = "Joins a network that clknetsim simulates, as a node of it.")
  private Path clknetsim;

  @Option(names = "--node", paramLabel = "N", description = "Which node to be there, from 1.")
  private int node;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "What to do there: [[source]] tables with address 192.168.123.N, and [[listen]] to"
              + " serve.")
  private Path config;

  @Option(
      names = "--start-date",
      paramLabel = "SECONDS",
      defaultValue = "${env:CLKNETSIM_START_DATE:-1262304000}",
      description = "Unix time at the start there; clknetsim's own default if not given.")
  private long startDate;

  @Option(names = "--json", description = "One JSON object a run instead of a table.")
  private boolean json;

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg",
      description = {
        "Draws offset and Allan deviation; of a story,",
        "the errors of its last run and those that were stated."
      })
  private Path plot;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    if (seeds < 1) {
      throw new ParameterException(spec.commandLine(), "--seeds " + seeds + " is below 1");
    }
    if (clknetsim != null) {
      return join(out);
    }
    if (compare) {
      return compare(out);
    }
    if (id == null) {
      Scenarios.all().forEach(s -> out.println("%-8s %s".formatted(s.id(), s.story())));
      out.println("%-8s %s".formatted(Scenarios.RANDOM, "another with every seed"));
      out.println();
      Stories.all().forEach(s -> out.println("%-22s %s".formatted(s.id(), s.sentence())));
      return ExitCode.OK;
    }
    long[] chosen = seeds();
    Optional<Story> story = Stories.find(id);
    if (story.isPresent()) {
      return tell(story.get(), chosen, out);
    }
    Scenario scenario =
        Scenarios.find(id, chosen[0])
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(),
                    "there is no scenario '" + id + "'; 'timeball sim' lists them"));
    if (show) {
      out.print(scenario.configuration());
      return ExitCode.OK;
    }
    if (!json) {
      out.println(
          "    seed    RMS    median      p95      p99      max µs   freq ppb  <1ms <100µs <10µs"
              + " s  packets steps");
    }
    Batch batch = Batch.run(id, chosen, MachineTime::unixNanos, outcome -> print(out, outcome));
    if (!json) {
      out.println(
          String.format(
              Locale.ROOT,
              "%s: RMS %.4g µs in the middle, %.4g µs at worst (timeball sim %s --seed %d); "
                  + "%.0f simulated seconds a second",
              id,
              batch.median(Outcome::rmsMicros),
              batch.worst().rmsMicros(),
              id,
              batch.worst().seed(),
              batch.speed()));
    }
    if (plot != null) {
      write(ClockPlot.svg(scenario, batch));
    }
    return ExitCode.OK;
  }

  private int tell(Story story, long[] chosen, PrintWriter out) throws CommandFailure {
    if (show) {
      throw new ParameterException(
          spec.commandLine(), "--show is for scenarios with figures, such as S1");
    }
    boolean kept = true;
    for (long one : chosen) {
      Telling telling = story.tell(one);
      kept &= telling.broken().isEmpty();
      out.print(json ? StoryText.json(telling) : StoryText.lines(telling));
      out.flush();
      if (plot != null) {
        write(StoryPlot.svg(telling));
      }
    }
    return kept ? ExitCode.OK : ExitCode.NO;
  }

  private long[] seeds() {
    return seed == null
        ? Batch.drawSeeds(seeds, MachineTime.unixNanos())
        : LongStream.range(seed, seed + seeds).toArray();
  }

  private int join(PrintWriter out) throws CommandFailure {
    if (config == null || node < 1) {
      throw new ParameterException(
          spec.commandLine(), "--clknetsim needs --node N, from 1, and --config FILE");
    }
    try {
      out.println(
          SimulatedNetwork.join(
              clknetsim,
              node,
              startDate,
              new ConfigurationFile(InstalledDrivers.find(), Build.current().date()).read(config)));
      return ExitCode.OK;
    } catch (ConfigurationException e) {
      e.problems().forEach(spec.commandLine().getErr()::println);
      return ExitCode.CONFIGURATION;
    }
  }

  private int compare(PrintWriter out) {
    out.print(Comparison.head());
    out.flush();
    boolean met =
        Comparison.run(
            scenario -> seeds(),
            MachineTime::unixNanos,
            line -> {
              out.print(line);
              out.flush();
            });
    return met ? ExitCode.OK : ExitCode.NO;
  }

  private void print(PrintWriter out, Outcome o) {
    if (json) {
      out.println(o.json());
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%8d %8.4g %8.4g %8.4g %8.4g %8.4g %10.4g %6.4g %6.4g %6.4g %9d %5d",
              o.seed(),
              o.rmsMicros(),
              o.medianMicros(),
              o.p95Micros(),
              o.p99Micros(),
              o.maxMicros(),
              o.frequencyRmsPpb(),
              o.millisecond(),
              o.hundredMicros(),
              o.tenMicros(),
              o.requests(),
              o.steps()));
    }
    out.flush();
  }

  private void write(String picture) throws CommandFailure {
    try {
      Files.writeString(plot, picture);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.IO, plot + ": cannot be written (" + e.getMessage() + "); choose another place");
    }
  }
}
