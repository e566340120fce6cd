package org.timeball.server.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.timeball.core.ReceiverHealth;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.Refclock;
import org.timeball.core.control.StatusReport.Source;
import org.timeball.core.control.StatusReport.Synchronisation;
import org.timeball.core.server.Outcome;

/** A report as text for people. */
public final class ReportText {
  /** Frequency by degree: what is known worse than to 0.1 ppm is not worth telling. */
  private static final double WELL_KNOWN = 1e-7;

  private ReportText() {}

  /** The page of {@code timeball status}. */
  public static String status(DaemonReport report) {
    StatusReport time = report.time();
    Synchronisation system = time.system();
    List<String> lines = new ArrayList<>();
    add(lines, "State", state(system));
    add(
        lines,
        "Clock",
        system.offset().isPresent()
            ? "%s off, error within %s"
                .formatted(
                    Quantities.signedSeconds(negated(system.offset())),
                    Quantities.seconds(system.errorBound()))
            : "how far it is off is not known yet");
    add(
        lines,
        "Frequency",
        "%s set, %s believed"
            .formatted(
                Quantities.ppm(time.clock().frequency()),
                Quantities.ppm(time.clock().estimatedFrequency())));
    time.holdover().ifPresent(holdover -> add(lines, "Holdover", holdover(holdover)));
    time.temperature().ifPresent(warmth -> add(lines, "Sensor", temperature(warmth)));
    add(
        lines,
        "Root",
        "delay %s, dispersion %s"
            .formatted(
                Quantities.seconds(system.rootDelay()),
                Quantities.seconds(system.rootDispersion())));
    add(
        lines,
        "Disturbed",
        "%d steps by us, %d by others"
            .formatted(time.clock().steps(), time.clock().interferences()));
    for (Refclock refclock : time.refclocks()) {
      refclock
          .health()
          .ifPresent(health -> add(lines, "Receiver", refclock.name() + ": " + health(health)));
    }
    for (DaemonReport.Listener listener : report.listeners()) {
      add(
          lines,
          "Listener",
          "%s %s: %d received, %d answered, %d dropped"
              .formatted(
                  listener.name(),
                  listener.address(),
                  listener.received(),
                  listener.answered(),
                  listener.dropped()));
      listener.smear().ifPresent(smear -> add(lines, "", "  " + smearing(smear)));
      ends(listener).ifPresent(ends -> add(lines, "", "  " + ends));
    }
    for (StatusReport.Broadcast network : time.broadcasts()) {
      add(lines, "Broadcast", broadcast(network));
    }
    for (StatusReport.Network network : time.networks()) {
      add(lines, "Listening", network(network));
    }
    report
        .nts()
        .ifPresent(nts ->
            add(
                lines,
                "NTS",
                "%d answered; keys given to %d of %d connections; certificate until %s"
                    .formatted(
                        report.authenticated(),
                        nts.granted(),
                        nts.connections(),
                        nts.certificateUntil())));
    add(lines, "Scheduling", report.scheduling());
    add(
        lines,
        "Running",
        "%s, version %s".formatted(Quantities.duration(report.upSeconds()), report.version()));
    return String.join("\n", lines);
  }

  private static String holdover(StatusReport.Holdover holdover) {
    String outcome =
        holdover.rehearsals().stream()
            .filter(r -> r.tried() > 0)
            .reduce((shorter, longer) -> longer)
            .map(r -> "tried %d times for %s".formatted(r.tried(), Quantities.duration(r.span())))
            .orElse("not tried yet");
    return "if nothing were heard, within %s after an hour, and within 1 ms for %s (%s)"
        .formatted(
            Quantities.seconds(OptionalDouble.of(holdover.errorAfterHour())),
            Quantities.duration(holdover.secondsToMillisecond()),
            outcome);
  }

  private static String temperature(StatusReport.Temperature warmth) {
    return String.format(Locale.ROOT, "%.1f °C; ", warmth.celsius())
        + (warmth.slopeSigma() < WELL_KNOWN
            ? String.format(
                Locale.ROOT,
                "a degree changes the frequency by %+.4f ppm, give or take %.4f",
                warmth.slopePerDegree() * 1e6,
                warmth.slopeSigma() * 1e6)
            : "what a degree does to the frequency is not known yet");
  }

  private static String network(StatusReport.Network network) {
    String dropped =
        network.dropped().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(drop -> ", " + drop.getValue() + " dropped: " + drop.getKey())
            .collect(Collectors.joining());
    return "%s: %d heard, %d followed%s%s"
        .formatted(
            network.name(),
            network.heard(),
            network.followed(),
            dropped,
            network.trouble().isEmpty() ? "" : "; " + network.trouble());
  }

  private static String broadcast(StatusReport.Broadcast network) {
    String silence = network.silent() ? "; silent until this server is synchronised" : "";
    String trouble = network.trouble().isEmpty() ? silence : "; " + network.trouble();
    return "%s to %s: %d sent%s"
        .formatted(network.name(), network.destination(), network.sent(), trouble);
  }

  private static String smearing(DaemonReport.Smearing smear) {
    return "leap seconds spread (%s) over %s; %s"
        .formatted(
            smear.shape(),
            Quantities.duration(smear.lengthSeconds()),
            smear.addedSeconds() == 0
                ? "none at present"
                : Quantities.signedSeconds(OptionalDouble.of(smear.addedSeconds()))
                    + " from UTC now");
  }

  /** What the requests came to, where that is more than a plain answer; commonest first. */
  private static Optional<String> ends(DaemonReport.Listener listener) {
    Map<String, Long> ends = new LinkedHashMap<>(listener.outcomes());
    ends.remove(Outcome.ANSWERED.label());
    ends.put("not sent", listener.notSent());
    ends.put("unstamped", listener.unstamped());
    String text =
        ends.entrySet().stream()
            .filter(end -> end.getValue() > 0)
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(end -> end.getValue() + " " + end.getKey())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** The tables of {@code timeball sources}. */
  public static String sources(StatusReport time) {
    List<String> tables = new ArrayList<>();
    if (!time.sources().isEmpty()) {
      tables.add(refclocks(time));
    }
    if (!time.servers().isEmpty()) {
      tables.add(ServerTable.text(time.servers()));
    }
    return tables.isEmpty() ? "no source is configured" : String.join("\n\n", tables);
  }

  private static String refclocks(StatusReport time) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "refclock", "ref", "state", "link", "reach", "offset", "bound", "used", "not used"));
    for (Source source : time.sources()) {
      rows.add(
          List.of(
              source.name(),
              source.referenceId(),
              words(source.fate()),
              words(source.pairing()),
              String.format(Locale.ROOT, "%03o", source.reach()),
              Quantities.signedSeconds(source.offset()),
              Quantities.seconds(source.bound()),
              Long.toString(source.used()),
              Long.toString(source.held() + source.outliers())));
    }
    return TextTable.of(rows);
  }

  /** The sentences of {@code timeball why}. */
  public static String why(StatusReport time) {
    return String.join("\n", time.why());
  }

  /** State, stratum and source in one phrase. */
  public static String state(Synchronisation system) {
    String state = words(system.state());
    return system.stratum() < 16
        ? "%s, stratum %d, reference %s%s, leap %s"
            .formatted(
                state,
                system.stratum(),
                system.referenceId(),
                system.source().map(name -> " (" + name + ")").orElse(""),
                words(system.leap()))
        : state + ", not synchronised";
  }

  /** Fix and satellites in one phrase. */
  public static String health(ReceiverHealth health) {
    List<String> parts = new ArrayList<>();
    parts.add("fix " + health.fix());
    if (health.satellitesUsed().isPresent()) {
      parts.add(
          health.satellitesUsed().getAsInt()
              + (health.satellitesInView().isPresent()
                  ? " of " + health.satellitesInView().getAsInt()
                  : "")
              + " satellites");
    }
    if (health.signalDecibelHertz().isPresent()) {
      parts.add(String.format(Locale.ROOT, "%.0f dBHz", health.signalDecibelHertz().getAsDouble()));
    }
    if (!health.detail().isEmpty()) {
      parts.add(health.detail());
    }
    return String.join(", ", parts);
  }

  /** Satellites used by the first receiver that tells, for a line that has to be short. */
  public static Optional<Integer> satellites(StatusReport time) {
    return time.refclocks().stream()
        .flatMap(refclock -> refclock.health().stream())
        .filter(health -> health.satellitesUsed().isPresent())
        .map(health -> health.satellitesUsed().getAsInt())
        .findFirst();
  }

  /** An enum's name as words. */
  public static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The report has "true time minus the clock"; people ask how far the clock is off. */
  private static OptionalDouble negated(OptionalDouble value) {
    return value.isPresent() ? OptionalDouble.of(-value.getAsDouble()) : value;
  }

  private static void add(List<String> lines, String title, String text) {
    lines.add(String.format(Locale.ROOT, "%-10s %s", title, text));
  }
}
