package org.timeball.server.config;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The table {@code [nts]}: where clients get the keys of Network Time Security, and by which
 * certificate they know this server.
 *
 * @param certificate PEM file: the server's certificate, then those of the authorities between
 * @param privateKey PEM file
 * @param addresses where keys are given out; everywhere if there is none
 * @param port TCP port there
 * @param cookieKeys {@code cookie-keys} in the state directory if empty
 * @param ntpServer whom clients ask for the time, if not this server
 * @param ntpPort at which port, if not the one of the first listener
 */
public record NtsSettings(
    Path certificate,
    Path privateKey,
    List<InetAddress> addresses,
    int port,
    Optional<Path> cookieKeys,
    Optional<String> ntpServer,
    Optional<Integer> ntpPort) {
  /** The port of NTS key establishment (RFC 8915, section 7.1). */
  public static final int KEY_ESTABLISHMENT_PORT = 4460;

  private static final Key<String> CERTIFICATE = Key.of("certificate", Values.text());
  private static final Key<String> PRIVATE_KEY = Key.of("private-key", Values.text());
  private static final Key<List<InetAddress>> ADDRESS =
      Key.of("address", List.of(), Values.oneOrMore(Values.address()));
  private static final Key<Integer> PORT =
      Key.of("port", KEY_ESTABLISHMENT_PORT, Values.integer(1, 65_535, "the range of TCP ports"));
  private static final Key<String> COOKIE_KEYS = Key.of("cookie-keys", Values.text());
  private static final Key<String> NTP_SERVER = Key.of("ntp-server", NtsSettings::ascii);
  private static final Key<Integer> NTP_PORT =
      Key.of("ntp-port", Values.integer(1, 65_535, "the range of UDP ports"));

  static final List<Key<?>> KEYS =
      List.of(CERTIFICATE, PRIVATE_KEY, ADDRESS, PORT, COOKIE_KEYS, NTP_SERVER, NTP_PORT);

  static Optional<NtsSettings> read(Optional<Table> table) {
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Table nts = table.get();
    nts.refuseAllBut(KEYS);
    Optional<String> certificate = nts.require(CERTIFICATE);
    Optional<String> privateKey = nts.require(PRIVATE_KEY);
    if (certificate.isEmpty() || privateKey.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NtsSettings(
            Path.of(certificate.get()),
            Path.of(privateKey.get()),
            nts.get(ADDRESS),
            nts.get(PORT),
            nts.find(COOKIE_KEYS).map(Path::of),
            nts.find(NTP_SERVER),
            nts.find(NTP_PORT)));
  }

  private static String ascii(Object value) throws BadValue {
    String text = Values.text().read(value);
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text) || text.contains(" ")) {
      throw new BadValue(
          "'%s' cannot be sent to clients: a name or address in ASCII (RFC 8915, section 4.1.7)"
              .formatted(text));
    }
    return text;
  }
}
