package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.ServerState;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.server.AccessList.Verdict;
import org.timeball.core.server.AccessPolicy.Refusal;

/** What other servers have stumbled over, and what this one does instead. */
class ServerFaultsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 77 * SECOND;
  private static final long NOW = 1_795_453_699L * SECOND;
  private static final int FLOODER = 0x0A00_0001;
  private static final int FLOOD_PER_SECOND = 10_000;
  private static final int CLIENTS = 1024;

  private final Responder responder = new Responder();

  private Outcome answer(ByteBuffer packet) {
    return responder.answer(
        Requests.of(packet).receivedAt(NOW), ServerState.unsynchronized(-20), NOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 8, 12, 15, 17, 30, 32, 36, 65_532, 65_535})
  void dropsAFieldWhoseLengthCannotBeAndAnswersTheNextRequest(int fieldLength) {
    // Behind the header there are 28 octets: too many for a code.
    ByteBuffer packet = Requests.packet(4, Mode.CLIENT, NtpHeader.LENGTH + 28);
    packet.putShort(NtpHeader.LENGTH, (short) 0x0104);
    packet.putShort(NtpHeader.LENGTH + 2, (short) fieldLength);

    assertThat(answer(packet)).isEqualTo(Outcome.MALFORMED_TRAILER);
    assertThat(responder.replyLength()).isZero();
    assertThat(answer(Requests.client(4))).isEqualTo(Outcome.ANSWERED);
  }

  /**
   * @param behind octets behind the header
   * @param keyId what the first four of them say as a key identifier, or, with its lower half, as
   *     the length of a field
   */
  @ParameterizedTest
  @CsvSource({
    "4, 4, 0, NAK_IN_REQUEST",
    "4, 4, 7, MALFORMED_TRAILER",
    "4, 8, 8, MALFORMED_TRAILER",
    "4, 12, 12, MALFORMED_TRAILER",
    "4, 16, 16, ANSWERED",
    "4, 16, 7, MALFORMED_TRAILER",
    "4, 20, 20, CRYPTO_NAK",
    "4, 24, 24, CRYPTO_NAK",
    "4, 28, 28, ANSWERED",
    "4, 28, 7, MALFORMED_TRAILER",
    "4, 68, 68, ANSWERED",
    "4, 68, 48, CRYPTO_NAK",
    "4, 68, 44, CRYPTO_NAK",
    "4, 68, 64, NAK_IN_REQUEST",
    "4, 68, 60, MALFORMED_TRAILER",
    "3, 4, 0, NAK_IN_REQUEST",
    "3, 8, 7, MALFORMED_TRAILER",
    "3, 12, 7, CRYPTO_NAK",
    "3, 16, 16, CRYPTO_NAK",
    "3, 20, 7, CRYPTO_NAK",
    "3, 68, 7, CRYPTO_NAK",
    "3, 72, 7, MALFORMED_TRAILER",
    "4, 1, 0, MALFORMED_TRAILER",
    "4, 18, 0, MALFORMED_TRAILER",
    "3, 21, 0, MALFORMED_TRAILER"
  })
  void tellsFieldsFromCodesByTheirLengths(int version, int behind, int keyId, Outcome outcome) {
    ByteBuffer packet = Requests.packet(version, Mode.CLIENT, NtpHeader.LENGTH + behind);
    if (behind >= 4) {
      packet.putInt(NtpHeader.LENGTH, keyId);
    }
    assertThat(answer(packet)).isEqualTo(outcome);
    int expected =
        switch (outcome) {
          case ANSWERED -> NtpHeader.LENGTH;
          case CRYPTO_NAK -> NtpHeader.LENGTH + MessageCode.KEY_ID_LENGTH;
          default -> 0;
        };
    assertThat(responder.replyLength()).isEqualTo(expected);
  }

  @Test
  void answersOfAllFirstOctetsThoseOfRequestsAndInTheirVersion() {
    for (int first = 0; first < 256; first++) {
      ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH).put(0, (byte) first);
      int version = first >> 3 & 7;
      int mode = first & 7;
      boolean request =
          (version >= 1 && version <= 4 && mode == Mode.CLIENT)
              || (version == 1 && mode == Mode.RESERVED);

      assertThat(answer(packet).answered()).as("first octet %02x", first).isEqualTo(request);
      if (request) {
        assertThat(NtpHeader.version(packet, 0)).isEqualTo(version);
        assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.SERVER);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "monlist of ntpdc,            1700032a00000000",
    "monlist with room for reply, 1700032a000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000",
    "READVAR,                     160200010000000000000000",
    "READ_MRU without nonce,      160a00010000000000000018636f756e743d3430302c206d61786167653d"
        + "3130303030303030202020202020202020202020202020202020202020202020",
    "CONFIGURE,                   160800010000000000000000"
  })
  void neverAnswersWhatCouldMakeALongReply(String name, String hex) {
    ByteBuffer packet = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    assertThat(answer(packet).answered()).as(name).isFalse();
    assertThat(responder.replyLength()).isZero();
  }

  @Test
  void answersARequestWithNetworkTimeSecurityPlainlyWhereThatIsNotServed() {
    // Unique identifier, cookie, authenticator (RFC 8915, section 5.2).
    int[][] fields = {{0x0104, 36}, {0x0204, 104}, {0x0404, 40}};
    for (int turn = 0; turn < 3; turn++) {
      ByteBuffer packet = Requests.packet(4, Mode.CLIENT, NtpHeader.LENGTH + 180);
      int at = NtpHeader.LENGTH;
      for (int[] field : fields) {
        packet.putShort(at, (short) field[0]).putShort(at + 2, (short) field[1]);
        at += field[1];
      }
      assertThat(answer(packet)).isEqualTo(Outcome.ANSWERED);
      assertThat(responder.replyLength()).isEqualTo(NtpHeader.LENGTH);
    }
  }

  @Test
  void acceptsNoCodeThatIsCutShort() {
    PacketKey key = new SumKey(7, 20);
    Responder keyed = new Responder(Admission.open(), id -> id == 42 ? key : null);
    ByteBuffer whole = Requests.packet(3, Mode.CLIENT, NtpHeader.LENGTH + 24);
    MessageCode.write(whole, 0, NtpHeader.LENGTH, 42, key);
    for (int length = NtpHeader.LENGTH + 12; length < whole.capacity(); length += 4) {
      ByteBuffer packet = ByteBuffer.allocate(length).put(0, whole, 0, length);
      assertThat(keyed.answer(Requests.of(packet), ServerState.unsynchronized(-20), NOW))
          .as("%d octets", length)
          .isEqualTo(Outcome.CRYPTO_NAK);
    }
  }

  /** Flood and polite clients share one responder, in virtual time. */
  private static final class Crowd {
    private final Responder responder;
    private final Request request = new Request();
    private final ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    private final ServerState state = ServerState.unsynchronized(-20);
    private final byte[] asked = Requests.client(4).array();

    Crowd() {
      AccessPolicy policy =
          new AccessPolicy(
              AccessList.everybody(Verdict.LIMIT), Refusal.SILENT, RateLimit.DEFAULT, CLIENTS);
      responder = new Responder(new Admission(policy, 0x5EC2_E700_0000_0001L), PacketKeys.NONE);
    }

    Outcome ask(int client, long rawNanos) {
      packet.put(0, asked);
      request
          .octets(packet, 0, NtpHeader.LENGTH, false)
          .source(0, IpAddresses.mapped(client), 40_000)
          .destination(0, Requests.SERVER, Requests.SERVER_PORT, true)
          .receivedAt(NOW)
          .handledAt(rawNanos);
      return responder.answer(request, state, NOW);
    }
  }

  @Test
  void servesFiftyPoliteClientsBesideAFlooderWhomItAnswersAtThePace() {
    Crowd crowd = new Crowd();
    int polite = 0;
    int answered = 0;
    int kissed = 0;
    for (int i = 0; i < 10 * FLOOD_PER_SECOND; i++) {
      long now = START + i * (SECOND / FLOOD_PER_SECOND);
      Outcome flooder = crowd.ask(FLOODER, now);
      answered += flooder == Outcome.ANSWERED ? 1 : 0;
      kissed += flooder == Outcome.KISSED_RATE ? 1 : 0;
      // Each of fifty asks once a second.
      if (i % 200 == 0) {
        polite += crowd.ask(0x0B00_0000 + i / 200 % 50, now) == Outcome.ANSWERED ? 1 : 0;
      }
    }
    assertThat(polite).as("of 500").isEqualTo(500);
    assertThat(answered).as("eight at once and two a second").isBetween(27, 29);
    assertThat(kissed).as("one in four seconds").isEqualTo(3);
  }

  @Test
  void needsNoMoreMemoryForAHundredThousandClientsThanForOne() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Crowd crowd = new Crowd();
    crowd.ask(FLOODER, START);
    long before = threads.getCurrentThreadAllocatedBytes();
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      long now = START + i * (SECOND / FLOOD_PER_SECOND);
      crowd.ask(0x0C00_0000 + i, now);
      if (i % 200 == 0) {
        refused += crowd.ask(0x0B00_0000 + i / 200 % 50, now) == Outcome.ANSWERED ? 0 : 1;
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("octets, those of this test included").isLessThan(10_000);
    assertThat(refused).as("polite requests").isZero();
  }
}
