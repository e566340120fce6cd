package org.timeball.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.RequestSeal;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.MachineClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.process.KernelRandom;
import org.timeball.server.json.Json;
import org.timeball.server.nts.client.KeyExchangeFailure;
import org.timeball.server.nts.client.KeyServer;
import org.timeball.server.nts.client.Step;
import org.timeball.server.query.NtsQuery;
import org.timeball.server.query.Query;
import org.timeball.server.query.QueryResult;
import org.timeball.server.report.Quantities;
import org.timeball.server.report.ReportText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code timeball query}. */
@Command(
    name = "query",
    description = {
      "Asks NTP servers and compares them with this machine's clock, by the kernel's stamps. Sets"
          + " nothing.",
      "Of several answers the one with the shortest delay is summed up: its offset is the least"
          + " disturbed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every server answered and is synchronised",
      "1:one of them: no answer, one that is not authentic, or it is not synchronised",
      "2:the command line is wrong",
      "74:one of them cannot be reached, or gives no keys"
    })
final class QueryCommand implements Callable<Integer> {
  private static final int MOST = 1_000;
  private static final int FEWEST_INTERLEAVED = 3;
  private static final long PAUSE_MILLIS = 1_000;
  private static final long TIMEOUT_NANOS = 2_000_000_000L;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "HOST[:PORT]",
      arity = "1..*",
      description = "Names or addresses; an IPv6 address with a port stands in brackets.")
  private List<String> hosts;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often to ask, a second apart; ${DEFAULT-VALUE} unless given.")
  private int count;

  @Option(
      names = "--version",
      paramLabel = "N",
      defaultValue = "4",
      description = "Version of NTP in requests, 1 to 4; ${DEFAULT-VALUE} unless given.")
  private int version;

  @Mixin private KeyOptions key;

  @Option(
      names = "--interleaved",
      description =
          "Ask when the answer before really left (RFC 9769); servers tell from the third answer"
              + " on, if they can. Needs --count.")
  private boolean interleaved;

  @Option(
      names = "--nts",
      description = {
        "Ask with Network Time Security and show every step of it. PORT is the TCP port where keys"
            + " are fetched, 4460 unless given; the certificate is checked by this machine's clock."
      })
  private boolean nts;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "With --nts: PEM file of the authorities to believe; else the system's.")
  private Path authorities;

  @Option(
      names = "--json",
      description =
          "One JSON object for each answer, for what came instead of it, or step of --nts.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (count < 1 || count > MOST) {
      throw new CommandFailure(ExitCode.USAGE, "--count " + count + " is outside 1 to " + MOST);
    }
    if (interleaved && count < FEWEST_INTERLEAVED) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--interleaved needs --count %d or more: a server tells of the answer before, and not of"
                  .formatted(FEWEST_INTERLEAVED)
              + " the first");
    }
    if (version < 1 || version > AssociationSettings.USUAL_VERSION) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--version " + version + " is outside 1 to " + AssociationSettings.USUAL_VERSION);
    }
    if (nts && (key.given() || interleaved || version != AssociationSettings.USUAL_VERSION)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--nts goes without --key, --key-file, --interleaved and older versions");
    }
    if (!nts && authorities != null) {
      throw new CommandFailure(ExitCode.USAGE, "--ca goes with --nts");
    }
    RequestSeal seal = key.open().seal();
    List<Asked> asked = new ArrayList<>();
    try (HostClock clock = new MachineClock()) {
      for (String host : hosts) {
        HostAndPort place =
            HostAndPort.parse(host, nts ? KeyServer.USUAL_PORT : HostAndPort.NTP_PORT);
        asked.add(
            new Asked(
                host,
                () ->
                    nts
                        ? withNts(place, clock)
                        : new Query(
                            place.resolve(),
                            clock,
                            new KernelRandom(),
                            version,
                            seal,
                            interleaved)));
      }
      CountDownLatch never = new CountDownLatch(1);
      for (int i = 0; i < count; i++) {
        if (i > 0 && never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
        asked.forEach(this::ask);
      }
    }
    asked.forEach(this::sumUp);
    return asked.stream().mapToInt(Asked::exitCode).max().orElseThrow();
  }

  /** Makes a query; may have to look a name up for it. */
  private interface QueryMaker {
    Query make() throws CommandFailure;
  }

  /** One of the servers, and what came of it. */
  private static final class Asked {
    private final String host;
    private final QueryMaker maker;
    private final List<QueryResult> results = new ArrayList<>();
    private Optional<Query> query = Optional.empty();
    private boolean unreachable;

    Asked(String host, QueryMaker maker) {
      this.host = host;
      this.maker = maker;
    }

    Optional<QueryResult> ask() throws CommandFailure, NetException {
      if (query.isEmpty()) {
        query = Optional.of(maker.make());
      }
      Optional<QueryResult> result = query.get().ask(TIMEOUT_NANOS);
      result.ifPresent(results::add);
      return result;
    }

    Optional<QueryResult> best() {
      return results.stream().min(Comparator.comparingDouble(QueryResult::delay));
    }

    int exitCode() {
      if (unreachable && results.isEmpty()) {
        return ExitCode.IO;
      }
      return best().filter(QueryResult::isSynchronised).isPresent() ? ExitCode.OK : ExitCode.NO;
    }
  }

  private void ask(Asked server) {
    try {
      server.ask().ifPresentOrElse(this::show, () -> showTrouble(server, "no answer within 2 s"));
    } catch (CommandFailure | NetException e) {
      server.unreachable = true;
      showTrouble(server, e.getMessage());
    }
  }

  private void sumUp(Asked server) {
    if (count > 1 && !json) {
      server.best().ifPresent(this::showBest);
    }
  }

  private Query withNts(HostAndPort place, HostClock clock) throws CommandFailure {
    KernelRandom random = new KernelRandom();
    try {
      NtsQuery seal =
          NtsQuery.begin(
              new KeyServer(
                  place.host(),
                  place.port(),
                  Optional.ofNullable(authorities),
                  HostAndPort.NTP_PORT),
              clock,
              random::fill,
              this::show);
      return new Query(
          new HostAndPort(seal.host(), seal.port()).resolve(), clock, random, version, seal, false);
    } catch (KeyExchangeFailure e) {
      throw new CommandFailure(ExitCode.IO, "no keys: " + e.getMessage());
    }
  }

  private void show(Step step) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? Json.write(step)
            : String.format(Locale.ROOT, "%-12s %s", step.what(), step.result()));
    out.flush();
  }

  private void show(QueryResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(result));
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%s: offset %s, delay %s, stratum %d, reference %s, leap %s, root distance %s%s%s%s",
              result.server(),
              Quantities.signedSeconds(result.offset()),
              Quantities.seconds(result.delay()),
              result.stratum(),
              result.reference(),
              ReportText.words(result.leap()),
              Quantities.seconds(result.rootDistance()),
              result.interleaved() ? ", interleaved" : "",
              result.kernelStamps() ? "" : " (without the kernel's stamps)",
              result.authentic() ? "" : "; NOT authentic"));
    }
    out.flush();
  }

  private void showTrouble(Asked server, String trouble) {
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("server", server.host);
      fields.put("error", trouble);
      spec.commandLine().getOut().println(Json.write(fields));
    } else {
      spec.commandLine().getErr().println(server.host + ": " + trouble);
    }
  }

  private void showBest(QueryResult best) {
    spec.commandLine()
        .getOut()
        .println(
            "%s: best of %d: offset %s, delay %s"
                .formatted(
                    best.server(),
                    count,
                    Quantities.signedSeconds(best.offset()),
                    Quantities.seconds(best.delay())));
  }
}
