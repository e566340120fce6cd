package org.timeball.server.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.timeball.core.control.StatusReport.Server;
import org.timeball.core.nts.client.NtsStatus;

/** The servers on the network as text for people, and below them what of theirs was not used. */
final class ServerTable {
  private ServerTable() {}

  static String text(List<Server> servers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "server",
            "address",
            "ref",
            "state",
            "st",
            "reach",
            "poll",
            "delay",
            "offset",
            "bound",
            "asked",
            "used",
            "not used"));
    List<String> more = new ArrayList<>();
    for (Server server : servers) {
      long dropped = server.dropped().values().stream().mapToLong(Long::longValue).sum();
      rows.add(
          List.of(
              server.name(),
              server.address().isEmpty() ? "-" : server.address(),
              server.referenceId().isEmpty() ? "-" : server.referenceId(),
              ReportText.words(server.fate()),
              server.stratum() == 0 ? "-" : Integer.toString(server.stratum()),
              String.format(Locale.ROOT, "%03o", server.reach()),
              Integer.toString(server.pollExponent()),
              Quantities.seconds(server.delay()),
              Quantities.signedSeconds(server.offset()),
              Quantities.seconds(server.bound()),
              Long.toString(server.asked()),
              Long.toString(server.used()),
              Long.toString(server.outliers() + dropped)));
      if (server.interleaved() > 0) {
        more.add("%s: %d replies interleaved".formatted(server.name(), server.interleaved()));
      }
      for (Map.Entry<String, Long> entry : server.dropped().entrySet()) {
        more.add("%s: %d x %s".formatted(server.name(), entry.getValue(), entry.getKey()));
      }
    }
    for (Server server : servers) {
      server.nts().ifPresent(nts -> more.add(server.name() + ": " + words(nts)));
    }
    more.sort(null);
    String table = TextTable.of(rows);
    return more.isEmpty() ? table : table + "\n" + String.join("\n", more);
  }

  private static String words(NtsStatus nts) {
    String keys =
        nts.algorithm().isEmpty()
            ? "NTS, no keys"
            : "NTS with %s, %d cookies left, certificate valid %s%s"
                .formatted(
                    nts.algorithm(),
                    nts.cookies(),
                    nts.certificate(),
                    nts.certificateConfirmed() ? "" : " (not checked by known time yet)");
    String counts =
        "%s; keys fetched %d times, %d failed; %d replies authentic, %d cookies refused"
            .formatted(keys, nts.attempts(), nts.failures(), nts.authentic(), nts.cookiesRefused());
    return nts.trouble().isEmpty() ? counts : counts + "; last failure: " + nts.trouble();
  }
}
