package org.timeball.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.timeball.core.control.StatusReport.Refclock;
import org.timeball.core.control.StatusReport.Server;
import org.timeball.core.control.StatusReport.Source;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.control.StatusReport.Synchronisation;
import org.timeball.core.nts.client.NtsStatus;
import org.timeball.core.refclock.Pairing;
import org.timeball.core.refclock.RefclockView;

/**
 * Says in sentences what state the server is in, which link of the chain from the receiver's line
 * to the clock is the first that does not hold, and what to do about it.
 */
public final class Why {
  /** Seconds after which a line that should speak every second is called silent. */
  private static final double SILENT = 5;

  /** MAXSTRAT (RFC 5905, section 7.2), less one. */
  private static final int LOWEST_STRATUM = 15;

  private final StatusReport report;
  private final List<String> sentences = new ArrayList<>();

  private Why(StatusReport report) {
    this.report = report;
  }

  /** The sentences for a report, the state first; the report's own are not looked at. */
  public static List<String> explain(StatusReport report) {
    Why why = new Why(report);
    why.state();
    if (!report.clock().refusal().isEmpty()) {
      why.say("The clock refuses to be corrected: %s", report.clock().refusal());
    }
    if (report.sources().isEmpty() && report.servers().isEmpty()) {
      why.say("No source is configured: add a reference clock or a server to the configuration.");
    }
    report.sources().forEach(why::source);
    report.servers().forEach(why::server);
    if (!report.leapTrouble().isEmpty()) {
      why.say("%s", report.leapTrouble());
    }
    return List.copyOf(why.sentences);
  }

  private void state() {
    Synchronisation system = report.system();
    String source = system.source().orElse("no source");
    switch (system.state()) {
      case STARTING -> say("Not synchronised: date and second are not proven yet.");
      case CORRECTING ->
          say(
              "Not synchronised: true time is known from %s, and the clock is still %s off.",
              source, seconds(-system.offset().orElse(0)));
      case SYNCHRONISED ->
          say(
              "Synchronised to %s as stratum %d, error within %s.",
              source, system.stratum(), seconds(system.errorBound().orElse(0)));
      case HOLDOVER ->
          say(
              "Holding over: nothing usable is heard; error within %s and growing, good for"
                  + " another %s.",
              seconds(system.errorBound().orElse(0)),
              duration(system.untilLostSeconds().orElse(0)));
      case VERIFYING ->
          say(
              "Not synchronised: the clock was disturbed, and new samples must confirm what was"
                  + " believed. This takes some seconds once they come.");
      case LOST ->
          say(
              "Not synchronised: the error may have passed the holdover limit, and nothing usable"
                  + " is heard.");
    }
    boolean known = system.state() == State.SYNCHRONISED || system.state() == State.HOLDOVER;
    if (!known && system.stratum() <= LOWEST_STRATUM) {
      say(
          "Clients are served this machine's own clock as stratum %d, as [local] has it.",
          system.stratum());
    }
  }

  private void source(Source source) {
    boolean receiverDoubted =
        source.pairing() == Pairing.PULSES_MOVED || source.pairing() == Pairing.CONTRADICTED;
    if (source.jump().isPresent() && !receiverDoubted) {
      say("%s: %s.", source.name(), source.jump().get());
      return;
    }
    switch (source.pairing()) {
      case NO_LABELS -> line(source, source.labels(), "sentence");
      case NO_FIX -> noFix(source);
      case BEFORE_FLOOR ->
          say(
              "%s: the receiver's dates lie before this program was built; its week count has"
                  + " rolled over. Set a later floor date or update its firmware.",
              source.name());
      case INCOHERENT ->
          say(
              "%s: the last label was not believed (%s); labels must advance as time does.",
              source.name(), source.receiver().lastLabelFinding());
      case NO_PULSES -> line(source, source.pulses(), "pulse");
      case NO_BEAT ->
          say(
              "%s: pulses come, and not once a second. Check the pulse output's rate and the"
                  + " wiring.",
              source.name());
      case AMBIGUOUS -> ambiguous(source);
      case COUNTING ->
          say("%s: labels are being compared with pulses; a few seconds more.", source.name());
      case CONTRADICTED ->
          say(
              "%s: its labels say %+d s against what its pulses count to. Either the receiver has"
                  + " corrected itself or it is being deceived; the clock waits.",
              source.name(), source.receiver().contradictionSeconds());
      case PULSES_MOVED ->
          say(
              "%s: all pulses come %+.1f ms from where they came, and sentences come as before."
                  + " The line is probably stamped on the wrong edge now: check the pulse's"
                  + " polarity. Pulses are not used.",
              source.name(), source.receiver().pulsesMovedBy() * 1e3);
      case NUMBERED_BY_CLOCK -> {
        say("%s: pulses are numbered by the clock; no label confirms them.", source.name());
        if (!source.labels().isEmpty() && !source.receiver().labelsCome()) {
          line(source, source.labels(), "sentence");
        }
        selection(source);
      }
      case NUMBERED, LABELS_ONLY -> selection(source);
    }
  }

  private void selection(Source source) {
    switch (source.fate()) {
      case SELECTED, TRUECHIMER -> {}
      case NOT_PROVEN -> say("%s: samples come; a few more are needed.", source.name());
      case FALSETICKER,
          OUTVOTED_BY_TRUST,
          NO_MAJORITY,
          TOO_FEW,
          NOSELECT,
          UNREACHABLE,
          JUMPED,
          ORPHAN,
          SMEARED,
          UNSYNCHRONISED,
          LOOP,
          PASSES_ON,
          OFFLINE,
          REFUSED,
          NOT_CERTIFIED,
          REQUIRED_MISSING,
          TOO_DISTANT ->
          say("%s: not followed: %s.", source.name(), source.fate().reason());
    }
  }

  private void server(Server server) {
    if (!server.refusal().isEmpty()) {
      say(
          "%s: it refuses to serve us (%s) and is not asked any more. Ask its operator, or remove"
              + " it.",
          server.name(), server.refusal());
      return;
    }
    if (!server.trouble().isEmpty()) {
      say("%s: %s", server.name(), server.trouble());
    }
    if (server.nts().isPresent() && isWithoutKeys(server.name(), server.nts().get())) {
      return;
    }
    switch (server.fate()) {
      case SELECTED, TRUECHIMER -> {}
      case NOT_PROVEN ->
          say("%s: a few more replies are needed%s.", server.name(), dropped(server));
      case UNREACHABLE ->
          say(
              "%s: none of the last eight requests was answered with time%s. Check its address,"
                  + " that UDP gets through in both directions, and that it serves us.",
              server.name(), dropped(server));
      case FALSETICKER, OUTVOTED_BY_TRUST ->
          say(
              "%s: not followed: %s; it is %s off.",
              server.name(), server.fate().reason(), seconds(server.offset().orElse(0)));
      case OFFLINE ->
          say(
              "%s: offline, so it is not asked. %s",
              server.name(),
              server.trouble().isEmpty()
                  ? "'timeball online " + server.name() + "' ends that."
                  : "It is tried again every few seconds.");
      case NO_MAJORITY,
          TOO_FEW,
          REQUIRED_MISSING,
          NOSELECT,
          JUMPED,
          ORPHAN,
          SMEARED,
          UNSYNCHRONISED,
          LOOP,
          PASSES_ON,
          REFUSED,
          NOT_CERTIFIED,
          TOO_DISTANT ->
          say("%s: not followed: %s.", server.name(), server.fate().reason());
    }
  }

  /** Without keys nothing is asked, and all else follows from that. */
  private boolean isWithoutKeys(String name, NtsStatus nts) {
    if (!nts.trouble().isEmpty()) {
      say("%s: no NTS keys from %s: %s.", name, nts.keyServer(), nts.trouble());
    } else if (nts.algorithm().isEmpty()) {
      say("%s: NTS keys are being fetched from %s.", name, nts.keyServer());
    } else if (!nts.certificateConfirmed()) {
      say(
          "%s: its certificate (valid %s) could not be checked by time that is known yet.",
          name, nts.certificate());
    }
    return nts.algorithm().isEmpty();
  }

  private static String dropped(Server server) {
    return server.dropped().isEmpty() ? "" : "; not used: " + largest(server.dropped());
  }

  /** A line that brings none of what it should: the first link of it that does not hold. */
  private void line(Source source, String name, String what) {
    Optional<Refclock> found =
        report.refclocks().stream().filter(r -> r.name().equals(name)).findFirst();
    if (found.isEmpty() || found.get().lineUp().isEmpty()) {
      say("%s: line %s has not been opened yet.", source.name(), name);
      return;
    }
    Refclock line = found.get();
    if (!line.lineUp().get()) {
      say(
          "%s: line %s is not open: %s",
          source.name(), name, line.lineReason().isEmpty() ? "unknown reason." : line.lineReason());
    } else if (what.equals("pulse")) {
      say(
          "%s: no pulse on %s%s. Check antenna, fix and wiring, and that the pulse line is enabled"
              + " (config.txt: dtoverlay=pps-gpio,gpiopin=...).",
          source.name(), name, ago(line));
    } else if (line.sinceHeardSeconds().orElse(Double.MAX_VALUE) > SILENT) {
      say(
          "%s: line %s is open and silent%s. Check wiring, power, and that the receiver sends on"
              + " this port.",
          source.name(), name, ago(line));
    } else if (line.rejected().isEmpty()) {
      say(
          "%s: octets come on %s, and no sentence among them. The line rate is wrong, or the"
              + " receiver speaks another protocol.",
          source.name(), name);
    } else {
      say(
          "%s: what comes on %s cannot be used: %s. If most of it is damaged, the line rate is"
              + " wrong.",
          source.name(), name, rejections(line));
    }
  }

  private void noFix(Source source) {
    Optional<String> health =
        report.refclocks().stream()
            .filter(r -> r.name().equals(source.labels()))
            .flatMap(r -> r.health().stream())
            .map(h ->
                h.satellitesUsed().isPresent()
                    ? " (" + h.satellitesUsed().getAsInt() + " satellites used)"
                    : "")
            .findFirst();
    say(
        "%s: the receiver says that it has no fix%s. Give the antenna a view of the sky; a cold"
            + " start takes up to 15 minutes.",
        source.name(), health.orElse(""));
  }

  private void ambiguous(Source source) {
    for (RefclockView.Kind kind : source.receiver().kinds()) {
      say("%s: %s.", source.name(), RefclockView.ambiguity(kind.kind(), kind.afterPulse()));
    }
  }

  private static String rejections(Refclock line) {
    return largest(line.rejected());
  }

  private static String largest(Map<String, Long> counts) {
    return String.join(
        ", ",
        counts.entrySet().stream()
            .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
            .limit(3)
            .map(e -> e.getKey() + " (" + e.getValue() + ")")
            .toList());
  }

  private static String ago(Refclock line) {
    return line.sinceHeardSeconds().isPresent()
        ? String.format(Locale.ROOT, " for %.0f s", line.sinceHeardSeconds().getAsDouble())
        : " since it was opened";
  }

  // The annotation that Error Prone asks for comes in a third-party jar, which this room has not.
  @SuppressWarnings("AnnotateFormatMethod")
  private void say(String format, Object... arguments) {
    sentences.add(String.format(Locale.ROOT, format, arguments));
  }

  private static String seconds(double value) {
    double size = Math.abs(value);
    if (size < 1e-3) {
      return String.format(Locale.ROOT, "%.1f µs", value * 1e6);
    }
    return size < 1
        ? String.format(Locale.ROOT, "%.1f ms", value * 1e3)
        : String.format(Locale.ROOT, "%.1f s", value);
  }

  private static String duration(double seconds) {
    return seconds < 7200
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
