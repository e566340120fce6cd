package org.timeball.core.nts.client;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.KeyGrant;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.ValidityPeriod;

/**
 * Keys and cookies of one server that are kept across a restart.
 *
 * @param source its name in the configuration
 * @param server where the keys are from, as host and port
 * @param confirmed whether the certificate was checked by time that was known
 */
public record Kept(String source, String server, boolean confirmed, KeyGrant grant) {
  private static final String HEADING = "timeball-nts-cookies 1";

  /** Sixteen servers with the longest cookies; longer is no text of ours. */
  private static final int LONGEST = 262_144;

  private static final int WORDS = 11;
  private static final String COOKIE = "cookie ";

  /** All of them as text. */
  public static String text(List<Kept> all) {
    StringBuilder text = new StringBuilder(HEADING).append('\n');
    HexFormat hex = HexFormat.of();
    for (Kept kept : all) {
      KeyGrant grant = kept.grant();
      text.append(
          String.format(
              Locale.ROOT,
              "server %s %s %s %d %s %s %s %d %d %d%n",
              kept.source(),
              kept.server(),
              kept.confirmed() ? "confirmed" : "assumed",
              grant.keys().algorithm().number(),
              hex.formatHex(grant.keys().clientToServer()),
              hex.formatHex(grant.keys().serverToClient()),
              grant.host(),
              grant.port(),
              grant.certificate().fromUnixNanos(),
              grant.certificate().untilUnixNanos()));
      grant.cookies().forEach(c -> text.append(COOKIE).append(hex.formatHex(c)).append('\n'));
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote. What is damaged is left out: new keys cost one connection, and
   * a wrong one would cost more.
   */
  public static List<Kept> parse(String text) {
    if (text.length() > LONGEST || !text.startsWith(HEADING + "\n")) {
      return List.of();
    }
    List<Kept> all = new ArrayList<>();
    List<byte[]> cookies = new ArrayList<>();
    String server = "";
    for (String line : text.lines().skip(1).toList()) {
      if (line.startsWith(COOKIE)) {
        unhex(line.substring(COOKIE.length())).ifPresent(cookies::add);
      } else {
        parse(server, cookies).ifPresent(all::add);
        server = line;
        cookies.clear();
      }
    }
    parse(server, cookies).ifPresent(all::add);
    return List.copyOf(all);
  }

  private static Optional<byte[]> unhex(String text) {
    try {
      return Optional.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Kept> parse(String server, List<byte[]> cookies) {
    try {
      return server.isEmpty()
          ? Optional.empty()
          : Optional.of(parse(server.split(" ", -1), cookies));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Kept parse(String[] words, List<byte[]> cookies) {
    if (words.length != WORDS) {
      throw new IllegalArgumentException(words.length + " words");
    }
    AeadAlgorithm algorithm =
        AeadAlgorithm.ofNumber(Integer.parseInt(words[4]))
            .orElseThrow(() -> new IllegalArgumentException("algorithm " + words[4]));
    int port = Integer.parseInt(words[8]);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port);
    }
    return new Kept(
        words[1],
        words[2],
        words[3].equals("confirmed"),
        new KeyGrant(
            new NtsKeys(
                algorithm, HexFormat.of().parseHex(words[5]), HexFormat.of().parseHex(words[6])),
            cookies,
            words[7],
            port,
            new ValidityPeriod(Long.parseLong(words[9]), Long.parseLong(words[10]))));
  }
}
