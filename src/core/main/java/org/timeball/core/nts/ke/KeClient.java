package org.timeball.core.nts.ke;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.timeball.core.nts.AeadAlgorithm;

/** The client's side of the negotiation (RFC 8915, section 4). */
public final class KeClient {
  /**
   * What we offer, in this order. AES-128-GCM-SIV is not among them: some servers derive its keys
   * in a way of their own.
   */
  public static final List<AeadAlgorithm> OFFERED =
      List.of(
          AeadAlgorithm.AES_SIV_CMAC_256,
          AeadAlgorithm.AES_SIV_CMAC_384,
          AeadAlgorithm.AES_SIV_CMAC_512);

  /** Cookies kept of one response; a server should send so many (RFC 8915, section 4.1.6). */
  public static final int MOST_COOKIES = 8;

  /** A longer cookie would make requests that networks may not carry in one piece. */
  public static final int LONGEST_COOKIE = 512;

  /** The shortest field takes 16 octets, and 4 of them are its header. */
  private static final int SHORTEST_COOKIE = 12;

  /** What names and addresses are made of: nothing that a log chokes on. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

  private KeClient() {}

  /** The request. */
  public static byte[] request() {
    return new KeWriter()
        .critical(KeRecordType.NEXT_PROTOCOL, KeServer.PROTOCOL_NTPV4)
        .critical(
            KeRecordType.AEAD_ALGORITHM, OFFERED.stream().mapToInt(AeadAlgorithm::number).toArray())
        .end();
  }

  /** Judges a response, End of Message included. */
  public static KeResult judge(byte[] response) {
    Optional<KeMessage> read = KeMessage.read(response);
    if (read.isEmpty()) {
      return refused("the response is not well-formed");
    }
    KeMessage message = read.get();
    if (message.has(KeRecordType.ERROR)) {
      return refused("the server answered with an error: " + errorOf(message));
    }
    if (message.hasUnknownCritical()) {
      return refused("the response has a critical record of an unknown type");
    }
    if (message.has(KeRecordType.WARNING)) {
      // No warning is defined yet, and unknown ones are errors (RFC 8915, section 4.1.4).
      return refused("the server answered with a warning of an unknown kind");
    }
    Optional<KeRecord> protocol = message.single(KeRecordType.NEXT_PROTOCOL);
    if (protocol.isEmpty() || !protocol.get().isNumbers() || !protocol.get().isCritical()) {
      return refused("the response names no protocol, or more than once");
    }
    int[] protocols = protocol.get().numbers();
    if (protocols.length != 1 || protocols[0] != KeServer.PROTOCOL_NTPV4) {
      return refused("the server does not speak NTPv4");
    }
    return judgeKeys(message);
  }

  private static KeResult judgeKeys(KeMessage message) {
    Optional<KeRecord> record = message.single(KeRecordType.AEAD_ALGORITHM);
    if (record.isEmpty() || !record.get().isNumbers()) {
      return refused("the response names no algorithm, or more than once");
    }
    int[] numbers = record.get().numbers();
    if (numbers.length == 0) {
      return refused("the server has none of our algorithms");
    }
    Optional<AeadAlgorithm> algorithm =
        AeadAlgorithm.ofNumber(numbers[0]).filter(OFFERED::contains);
    if (numbers.length > 1 || algorithm.isEmpty()) {
      return refused("the server chose what was not offered");
    }
    List<byte[]> cookies =
        message.all(KeRecordType.NEW_COOKIE).stream()
            .filter(cookie -> isUsable(cookie.length()))
            .limit(MOST_COOKIES)
            .map(KeRecord::body)
            .toList();
    if (cookies.isEmpty()) {
      return refused("the server sent no cookie that can be used");
    }
    return judgeAddress(message, algorithm.get(), cookies);
  }

  private static KeResult judgeAddress(
      KeMessage message, AeadAlgorithm algorithm, List<byte[]> cookies) {
    List<KeRecord> servers = message.all(KeRecordType.SERVER);
    List<KeRecord> ports = message.all(KeRecordType.PORT);
    if (servers.size() > 1 || ports.size() > 1) {
      return refused("the response names more than one server or port");
    }
    Optional<String> server = servers.stream().findFirst().map(KeClient::name);
    if (server.isPresent() && !NAME.matcher(server.get()).matches()) {
      return refused("the response names a server that cannot be one");
    }
    OptionalInt port = OptionalInt.empty();
    if (!ports.isEmpty()) {
      int[] numbers = ports.getFirst().numbers();
      if (ports.getFirst().length() != 2 || numbers[0] == 0) {
        return refused("the response names a port that cannot be one");
      }
      port = OptionalInt.of(numbers[0]);
    }
    return new KeResult.Granted(algorithm, cookies, server, port);
  }

  /** A cookie goes into a field as it is, so its length must be one that needs no padding. */
  public static boolean isUsable(int cookieLength) {
    return cookieLength >= SHORTEST_COOKIE
        && cookieLength <= LONGEST_COOKIE
        && cookieLength % 4 == 0;
  }

  private static String name(KeRecord record) {
    return new String(record.body(), StandardCharsets.US_ASCII);
  }

  private static String errorOf(KeMessage message) {
    return message
        .single(KeRecordType.ERROR)
        .filter(r -> r.length() == 2)
        .map(r -> r.numbers()[0])
        .map(n -> KeError.ofNumber(n).map(KeError::meaning).orElse("code " + n))
        .orElse("of no known form");
  }

  private static KeResult refused(String why) {
    return new KeResult.Refused(why);
  }
}
