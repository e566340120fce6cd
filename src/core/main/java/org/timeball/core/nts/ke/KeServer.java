package org.timeball.core.nts.ke;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.timeball.core.nts.AeadAlgorithm;

/**
 * The server's side of the negotiation (RFC 8915, section 4). Immutable; safe for several threads.
 *
 * <p>Of the algorithms that a client offers the first one that we have is taken, because clients
 * list them in the order of their preference (RFC 8915, section 4.1.5). AES-128-GCM-SIV without the
 * record that promises compliant keys comes last: the clients that leave the record out are those
 * that get these keys wrong, and all of them offer AES-SIV-CMAC-256 too.
 *
 * <p>What a client wishes for as server or port is read and not followed.
 */
public final class KeServer {
  /** NTPv4, the only protocol there is (RFC 8915, section 7.7). */
  static final int PROTOCOL_NTPV4 = 0;

  private final Optional<String> ntpServer;
  private final OptionalInt ntpPort;

  /**
   * A server whose clients ask for the time elsewhere, or not.
   *
   * @param ntpServer name or address in ASCII; without one clients ask the address where they got
   *     their keys
   * @param ntpPort without one clients ask port 123
   */
  public KeServer(Optional<String> ntpServer, OptionalInt ntpPort) {
    this.ntpServer = ntpServer;
    this.ntpPort = ntpPort;
  }

  /** Decides about a request, End of Message included. */
  public KeAnswer answer(byte[] request) {
    Optional<KeMessage> read = KeMessage.read(request);
    if (read.isEmpty()) {
      return new KeAnswer.Refused(KeError.BAD_REQUEST);
    }
    KeMessage message = read.get();
    if (message.hasUnknownCritical()) {
      return new KeAnswer.Refused(KeError.UNRECOGNIZED_CRITICAL_RECORD);
    }
    Optional<KeRecord> protocols = message.single(KeRecordType.NEXT_PROTOCOL);
    if (protocols.isEmpty()
        || !protocols.get().isCritical()
        || !isOffer(protocols.get())
        || hasWhatClientsMayNotSend(message)) {
      return new KeAnswer.Refused(KeError.BAD_REQUEST);
    }
    if (Arrays.stream(protocols.get().numbers()).noneMatch(n -> n == PROTOCOL_NTPV4)) {
      return KeAnswer.NothingInCommon.PROTOCOL;
    }
    Optional<KeRecord> algorithms = message.single(KeRecordType.AEAD_ALGORITHM);
    if (algorithms.isEmpty() || !isOffer(algorithms.get())) {
      return new KeAnswer.Refused(KeError.BAD_REQUEST);
    }
    return choose(algorithms.get().numbers(), message.has(KeRecordType.COMPLIANT_GCM_SIV));
  }

  private static boolean isOffer(KeRecord record) {
    return record.length() > 0 && record.isNumbers();
  }

  private static boolean hasWhatClientsMayNotSend(KeMessage message) {
    return message.has(KeRecordType.ERROR)
        || message.has(KeRecordType.WARNING)
        || message.has(KeRecordType.NEW_COOKIE)
        || message.all(KeRecordType.SERVER).size() > 1
        || message.all(KeRecordType.PORT).size() > 1
        || message.all(KeRecordType.PORT).stream().anyMatch(r -> r.length() != 2)
        || message.all(KeRecordType.COMPLIANT_GCM_SIV).stream().anyMatch(r -> r.length() != 0);
  }

  private static KeAnswer choose(int[] offered, boolean compliant) {
    AeadAlgorithm lastResort = null;
    for (int number : offered) {
      AeadAlgorithm algorithm = AeadAlgorithm.ofNumber(number).orElse(null);
      if (algorithm == AeadAlgorithm.AES_128_GCM_SIV && !compliant) {
        lastResort = algorithm;
      } else if (algorithm != null) {
        return new KeAnswer.Granted(algorithm, algorithm == AeadAlgorithm.AES_128_GCM_SIV);
      }
    }
    return lastResort == null
        ? KeAnswer.NothingInCommon.ALGORITHM
        : new KeAnswer.Granted(lastResort, false);
  }

  /**
   * The response that carries out an answer.
   *
   * @param cookies for {@link KeAnswer.Granted}, 8 of them; otherwise none
   */
  public byte[] response(KeAnswer answer, List<byte[]> cookies) {
    KeWriter writer = new KeWriter();
    switch (answer) {
      case KeAnswer.Refused(KeError error) -> writer.critical(KeRecordType.ERROR, error.number());
      case KeAnswer.NothingInCommon nothing -> {
        if (nothing == KeAnswer.NothingInCommon.PROTOCOL) {
          writer.critical(KeRecordType.NEXT_PROTOCOL);
        } else {
          writer.critical(KeRecordType.NEXT_PROTOCOL, PROTOCOL_NTPV4);
          writer.critical(KeRecordType.AEAD_ALGORITHM);
        }
      }
      case KeAnswer.Granted(AeadAlgorithm algorithm, boolean confirmsCompliance) -> {
        writer.critical(KeRecordType.NEXT_PROTOCOL, PROTOCOL_NTPV4);
        writer.critical(KeRecordType.AEAD_ALGORITHM, algorithm.number());
        if (confirmsCompliance) {
          writer.optional(KeRecordType.COMPLIANT_GCM_SIV);
        }
        ntpServer.ifPresent(
            name -> writer.optional(KeRecordType.SERVER, name.getBytes(StandardCharsets.US_ASCII)));
        ntpPort.ifPresent(
            port -> writer.optional(KeRecordType.PORT, (byte) (port >> 8), (byte) port));
        cookies.forEach(cookie -> writer.optional(KeRecordType.NEW_COOKIE, cookie));
      }
    }
    return writer.end();
  }
}
