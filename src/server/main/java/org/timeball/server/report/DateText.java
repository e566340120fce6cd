package org.timeball.server.report;

import org.timeball.core.date.DateDecision;
import org.timeball.core.date.DateDecision.Finding;
import org.timeball.core.date.Testimony;
import org.timeball.time.UtcTime;

/** What {@code timeball set-date} tells people. */
public final class DateText {
  private DateText() {}

  /** One server's line. */
  public static String line(Testimony server) {
    String place =
        server.address().isEmpty()
            ? server.server()
            : server.server() + " (" + server.address() + ")";
    if (server.offset().isEmpty()) {
      return "%s: %s".formatted(place, server.reason());
    }
    return "%s: %s: offset %s, within %s, delay %s, stratum %d, %d of %d answers good"
        .formatted(
            place,
            server.reason(),
            Quantities.signedSeconds(server.offset()),
            Quantities.seconds(server.bound()),
            Quantities.seconds(server.delay()),
            server.stratum(),
            server.answered(),
            server.asked());
  }

  /** What follows for the clock. */
  public static String sentence(Finding finding, boolean dryRun) {
    return switch (finding.decision()) {
      case DateDecision.Set set ->
          "%s the clock %s by %s, to %s, right within %s: %s"
              .formatted(
                  dryRun ? "Would set" : "Setting",
                  set.offset() > 0 ? "forward" : "back",
                  Quantities.seconds(Math.abs(set.offset())),
                  UtcTime.ofUnixNanos(set.unixNanos()),
                  Quantities.seconds(set.bound()),
                  witnesses(finding));
      case DateDecision.Keep keep ->
          "The clock is right as far as can be told: %s off, within %s; it is left alone: %s"
              .formatted(
                  Quantities.signedSeconds(-keep.offset()),
                  Quantities.seconds(keep.bound()),
                  witnesses(finding));
      case DateDecision.Refuse(String reason) -> "The clock is not set: " + reason + ".";
    };
  }

  private static String witnesses(Finding finding) {
    if (finding.servers().size() == 1) {
      return "one server says so, and none confirms it.";
    }
    return "%d of %d servers agree.".formatted(finding.agreeing(), finding.servers().size());
  }

  /** After the step. */
  public static String done(long steppedNanos) {
    return "Done: stepped by %s.".formatted(Quantities.signedSeconds(steppedNanos * 1e-9));
  }

  /** The decision in one word, for programs. */
  public static String word(DateDecision decision) {
    return switch (decision) {
      case DateDecision.Set set -> "set";
      case DateDecision.Keep keep -> "keep";
      case DateDecision.Refuse refuse -> "refuse";
    };
  }
}
