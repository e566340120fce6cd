package org.timeball.cli;

import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.timeball.core.ClockReading;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.core.date.DateDecision;
import org.timeball.core.date.DateDecision.Finding;
import org.timeball.core.date.Testimony;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.process.KernelRandom;
import org.timeball.server.Build;
import org.timeball.server.date.AskedServer;
import org.timeball.server.date.Survey;
import org.timeball.server.json.Json;
import org.timeball.server.report.DateText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code timeball set-date}. */
@Command(
    name = "set-date",
    description = {
      "Sets this machine's clock once, by what the servers say: asks each of them a few times,"
          + " takes the word of the majority, says what follows, and steps the clock. Needs the"
          + " capability CAP_SYS_TIME, but not with --dry-run.",
      "Refused are: servers that disagree or are not synchronised, a time before this program was"
          + " built, and a clock that another program keeps right."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the clock was set, was right already, or would be set",
      "1:what the servers say is nothing to set a clock by, or another program keeps it right",
      "2:the command line is wrong",
      "74:the clock cannot be set"
    })
final class SetDateCommand implements Callable<Integer> {
  private static final int MOST = 16;
  private static final long PAUSE_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 2_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final DateMachine machine;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "HOST[:PORT]",
      arity = "1..*",
      description = "Servers; with three or more, one that is wrong is outvoted.")
  private List<String> servers;

  @Option(names = "--dry-run", description = "Say what would be done, and leave the clock alone.")
  private boolean dryRun;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "4",
      description = "How often to ask each, a second apart; ${DEFAULT-VALUE} unless given.")
  private int count;

  @Option(
      names = "--minimum-sources",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many servers must agree; ${DEFAULT-VALUE} unless given.")
  private int minimumSources;

  @Option(
      names = "--beside-daemon",
      description = "Set the clock although another program keeps it right.")
  private boolean besideDaemon;

  @Mixin private KeyOptions key;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  SetDateCommand() {
    this(DateMachine.thisOne());
  }

  SetDateCommand(DateMachine machine) {
    this.machine = machine;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    List<AskedServer> asked = checked();
    if (!dryRun) {
      refuseWhatCannotBe();
    }
    long floor =
        Build.current().date().atStartOfDay(ZoneOffset.UTC).toEpochSecond() * NANOS_PER_SECOND;
    try (HostClock clock = machine.clock()) {
      Survey survey =
          new Survey(clock, new KernelRandom(), floor, count, PAUSE_MILLIS, PATIENCE_MILLIS);
      Finding finding = DateDecision.of(survey.ask(asked), clock.read(), floor, minimumSources);
      return carryOut(finding, clock.nowUnixNanos());
    }
  }

  private List<AskedServer> checked() throws CommandFailure {
    if (count < 1 || count > MOST) {
      throw new CommandFailure(ExitCode.USAGE, "--count " + count + " is outside 1 to " + MOST);
    }
    if (minimumSources < 1 || minimumSources > servers.size()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--minimum-sources %d is outside 1 to %d, the servers that are named"
              .formatted(minimumSources, servers.size()));
    }
    List<AskedServer> asked = new ArrayList<>();
    for (String server : servers) {
      HostAndPort place = HostAndPort.parse(server);
      // Each its own: keys are for one thread.
      QueryKey opened = key.open();
      if (asked.stream().anyMatch(a -> a.host().equals(place.host()) && a.port() == place.port())) {
        throw new CommandFailure(
            ExitCode.USAGE, server + " is named twice, and would have two votes");
      }
      asked.add(new AskedServer(server, place.host(), place.port(), 4, opened.id(), opened.keys()));
    }
    return asked;
  }

  private void refuseWhatCannotBe() throws CommandFailure {
    Optional<String> keeper = machine.keeper();
    if (keeper.isPresent() && !besideDaemon) {
      throw new CommandFailure(
          ExitCode.NO,
          ("the clock is kept right by %s, which would take this for a disturbance. Stop it first,"
                  + " or set the clock all the same with --beside-daemon; --dry-run only compares.")
              .formatted(keeper.get()));
    }
    if (!machine.maySetClock()) {
      throw new CommandFailure(
          ExitCode.IO,
          "this user may not set the clock: CAP_SYS_TIME is missing. Run it as root, such as with"
              + " sudo; --dry-run says what would be done and needs no privilege.");
    }
  }

  private int carryOut(Finding finding, long beforeUnixNanos) throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      finding.servers().forEach(s -> out.println(DateText.line(s)));
      out.println(DateText.sentence(finding, dryRun));
      out.flush();
    }
    long stepped = 0;
    if (!dryRun && finding.decision() instanceof DateDecision.Set set) {
      stepped = step(set);
    }
    if (json) {
      out.println(Json.write(report(finding, beforeUnixNanos, stepped)));
    } else if (stepped != 0) {
      out.println(DateText.done(stepped));
    }
    return finding.decision() instanceof DateDecision.Refuse ? ExitCode.NO : ExitCode.OK;
  }

  private long step(DateDecision.Set set) throws CommandFailure {
    try (HostClock clock = machine.takeClock()) {
      ClockReading now = clock.read();
      long nanos = set.step(now);
      clock.step(nanos);
      return nanos;
    } catch (ClockException e) {
      throw new CommandFailure(ExitCode.IO, e.getMessage() + "\nThe clock was not set.");
    }
  }

  private Map<String, Object> report(Finding finding, long beforeUnixNanos, long stepped) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("decision", DateText.word(finding.decision()));
    report.put("sentence", DateText.sentence(finding, dryRun));
    report.put("dry_run", dryRun);
    report.put("clock_before_unix_nanos", beforeUnixNanos);
    report.put("stepped_nanos", stepped);
    switch (finding.decision()) {
      case DateDecision.Set set -> {
        report.put("offset", set.offset());
        report.put("error_bound", set.bound());
      }
      case DateDecision.Keep keep -> {
        report.put("offset", keep.offset());
        report.put("error_bound", keep.bound());
      }
      case DateDecision.Refuse refuse -> {}
    }
    report.put("agreeing", finding.servers().stream().filter(Testimony::agrees).count());
    report.put("servers", finding.servers());
    return report;
  }
}
