package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** What a client says, and what it believes of the replies. */
class ClientAssociationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_795_435_200L * SECOND;
  private static final long SENT = 100 * SECOND;
  private static final long ARRIVED = SENT + SECOND / 100;
  private static final long NONCE = 0x0123_4567_89AB_CDEFL;
  private static final ReferenceId OURS = new ReferenceId(0x0A000001);
  private static final int KEY_ID = 7;

  private final ClientAssociation plain = association(0);

  private static ClientAssociation association(int keyId) {
    PacketKeys keys = id -> id == KEY_ID ? new XorKey(0x5A) : null;
    return new ClientAssociation(
        new AssociationSettings("ntp", 6, 10, 4, true, keyId),
        new AssociationSeal(keyId, keys),
        Set.of(OURS),
        0);
  }

  private static byte[] reply(Consumer<ByteBuffer> bend) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.SERVER);
    NtpHeader.stratum(packet, 0, 2);
    NtpHeader.originTimestamp(packet, 0, NONCE);
    NtpHeader.receiveTimestamp(packet, 0, NtpTimestamp.bitsOfUnixNanos(NOW));
    NtpHeader.transmitTimestamp(packet, 0, NtpTimestamp.bitsOfUnixNanos(NOW + 1000));
    bend.accept(packet);
    return packet.array();
  }

  private static Reception receive(ClientAssociation association, byte[] octets) {
    return association.receive(ByteBuffer.wrap(octets), octets.length, ARRIVED, NOW);
  }

  private static byte[] kiss(String code, int poll) {
    return reply(packet -> {
      NtpHeader.leapVersionMode(packet, 0, Leap.UNSYNCHRONIZED, 4, Mode.SERVER);
      NtpHeader.stratum(packet, 0, 0);
      NtpHeader.pollExponent(packet, 0, poll);
      NtpHeader.referenceId(packet, 0, ReferenceId.ofText(code).bits());
    });
  }

  private static byte[] sealed(byte[] octets, int keyId, int secret) {
    ByteBuffer packet = ByteBuffer.allocate(octets.length + 20).put(0, octets);
    MessageCode.write(packet, 0, octets.length, keyId, new XorKey(secret));
    return packet.array();
  }

  private static byte[] withCryptoNak(byte[] octets) {
    return ByteBuffer.allocate(octets.length + 4).put(0, octets).array();
  }

  private static Reception dropped(PacketTest test) {
    return new Reception.Dropped(test);
  }

  @Test
  void aRequestTellsNothingButItsVersionAndANonce() {
    ByteBuffer request = ByteBuffer.wrap(plain.poll(SENT, NONCE));

    assertThat(request.get(0)).isEqualTo((byte) (4 << 3 | 3));
    assertThat(NtpHeader.transmitTimestamp(request, 0)).isEqualTo(NONCE);
    for (int i = 1; i < 40; i++) {
      assertThat(request.get(i)).as("octet %d", i).isZero();
    }
  }

  @Test
  void aGoodReplyIsAnExchange() {
    plain.poll(SENT, NONCE);
    Reception reception = receive(plain, reply(packet -> {}));

    assertThat(reception).isInstanceOf(Reception.Exchange.class);
    Reception.Exchange exchange = (Reception.Exchange) reception;
    assertThat(exchange.t1RawNanos()).isEqualTo(SENT);
    assertThat(exchange.t2UnixNanos()).isBetween(NOW - 1, NOW + 1);
    assertThat(plain.reach()).isEqualTo(1);
  }

  @Test
  void theDepartureStampCountsForTheRequestThatItBelongsTo() {
    plain.poll(SENT, NONCE);
    plain.departed(NONCE, SENT + 500);
    plain.departed(NONCE + 1, SENT + 900);

    Reception.Exchange exchange = (Reception.Exchange) receive(plain, reply(packet -> {}));
    assertThat(exchange.t1RawNanos()).isEqualTo(SENT + 500);
  }

  @Test
  void test1ACopyOfAReplyIsDroppedAtOnceAndAfterTheNextRequest() {
    plain.poll(SENT, NONCE);
    byte[] good = reply(packet -> {});
    receive(plain, good);

    assertThat(receive(plain, good)).isEqualTo(dropped(PacketTest.DUPLICATE));
    plain.poll(SENT + SECOND, NONCE + 1);
    assertThat(receive(plain, good)).isEqualTo(dropped(PacketTest.DUPLICATE));
    assertThat(plain.reach()).isEqualTo(2);
  }

  @Test
  void test2AReplyToNoRequestOfOursIsDroppedAndTheTrueOneStillCounts() {
    assertThat(receive(plain, reply(packet -> {}))).isEqualTo(dropped(PacketTest.BOGUS));
    plain.poll(SENT, NONCE);
    assertThat(receive(plain, reply(p -> NtpHeader.originTimestamp(p, 0, NONCE ^ 1))))
        .isEqualTo(dropped(PacketTest.BOGUS));
    assertThat(receive(plain, reply(packet -> {}))).isInstanceOf(Reception.Exchange.class);
  }

  @Test
  void aServerMayFillTheDigitsBelowItsPrecisionAtRandom() {
    plain.poll(SENT, NONCE);
    assertThat(
            receive(
                plain,
                reply(p -> {
                  NtpHeader.precisionExponent(p, 0, -23);
                  NtpHeader.receiveTimestamp(p, 0, NtpTimestamp.bitsOfUnixNanos(NOW + 1100));
                })))
        .isInstanceOf(Reception.Exchange.class);
  }

  @Test
  void test3ATimestampThatIsMissingOrRunsBackwardsIsDropped() {
    plain.poll(SENT, NONCE);
    assertThat(receive(plain, reply(p -> NtpHeader.transmitTimestamp(p, 0, 0))))
        .isEqualTo(dropped(PacketTest.INVALID));
    assertThat(receive(plain, reply(p -> NtpHeader.receiveTimestamp(p, 0, 0))))
        .isEqualTo(dropped(PacketTest.INVALID));
    assertThat(
            receive(
                plain,
                reply(p ->
                    NtpHeader.receiveTimestamp(p, 0, NtpTimestamp.bitsOfUnixNanos(NOW + SECOND)))))
        .isEqualTo(dropped(PacketTest.INVALID));
  }

  @Test
  void test5OnlyAReplyWithTheCodeOfTheAssociationsOwnKeyIsUsed() {
    ClientAssociation keyed = association(KEY_ID);
    byte[] request = keyed.poll(SENT, NONCE);
    assertThat(request).hasSize(NtpHeader.LENGTH + 20);
    byte[] good = reply(packet -> {});

    assertThat(receive(keyed, good)).isEqualTo(dropped(PacketTest.AUTHENTICATION));
    assertThat(receive(keyed, sealed(good, KEY_ID, 0x5B)))
        .isEqualTo(dropped(PacketTest.AUTHENTICATION));
    assertThat(receive(keyed, sealed(good, KEY_ID + 1, 0x5A)))
        .isEqualTo(dropped(PacketTest.AUTHENTICATION));
    assertThat(receive(keyed, withCryptoNak(good))).isEqualTo(dropped(PacketTest.AUTHENTICATION));
    assertThat(receive(keyed, sealed(good, KEY_ID, 0x5A))).isInstanceOf(Reception.Exchange.class);
  }

  @Test
  void aCryptoNakIsNeverBelievedAndResetsNothing() {
    plain.poll(SENT, NONCE);
    byte[] good = reply(packet -> {});
    assertThat(receive(plain, withCryptoNak(good))).isEqualTo(dropped(PacketTest.AUTHENTICATION));
    assertThat(plain.reach()).isZero();
    assertThat(receive(plain, good)).isInstanceOf(Reception.Exchange.class);
    assertThat(receive(plain, withCryptoNak(reply(p -> NtpHeader.originTimestamp(p, 0, 0)))))
        .isInstanceOf(Reception.Dropped.class);
    assertThat(plain.isDenied()).isFalse();
    assertThat(plain.reach()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "0, 16", "0, 17", "0, 0"})
  void test6AServerThatIsNotSynchronisedGivesNoTime(int leap, int stratum) {
    plain.poll(SENT, NONCE);
    Reception reception =
        receive(
            plain,
            reply(p -> {
              NtpHeader.leapVersionMode(p, 0, Leap.ofWire(leap), 4, Mode.SERVER);
              NtpHeader.stratum(p, 0, stratum);
            }));
    assertThat(reception).isEqualTo(dropped(PacketTest.UNSYNCHRONISED));
    assertThat(plain.reach()).isZero();
    assertThat(plain.isAnswered()).isTrue();
  }

  @Test
  void test7AHeaderBeyondReasonIsDropped() {
    plain.poll(SENT, NONCE);
    assertThat(receive(plain, reply(p -> NtpHeader.rootDispersion(p, 0, 17 << 16))))
        .isEqualTo(dropped(PacketTest.HEADER_DISTANCE));
    assertThat(PacketTest.HEADER_DISTANCE.label()).isEqualTo("7 header distance");
  }

  @Test
  void test12AServerThatFollowsUsIsDropped() {
    plain.poll(SENT, NONCE);
    assertThat(receive(plain, reply(p -> NtpHeader.referenceId(p, 0, OURS.bits()))))
        .isEqualTo(dropped(PacketTest.LOOP));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 6, 7})
  void aPacketOfAnotherModeIsNoReply(int mode) {
    plain.poll(SENT, NONCE);
    assertThat(receive(plain, reply(p -> NtpHeader.leapVersionMode(p, 0, Leap.NONE, 4, mode))))
        .isEqualTo(dropped(PacketTest.FORMAT));
  }

  @Test
  void aRateKissSlowsTheRequestsAtOnceAndForGoodAndGivesNoTime() {
    plain.poll(SENT, NONCE);
    assertThat(receive(plain, kiss("RATE", 8))).isEqualTo(new Reception.Kiss("RATE"));

    assertThat(plain.pollExponent()).isEqualTo(8);
    assertThat(plain.nextPollRawNanos()).isEqualTo(SENT + 256 * SECOND);
    assertThat(plain.isDenied()).isFalse();
    for (int i = 0; i < 50; i++) {
      plain.poll(SENT, NONCE + i);
      plain.adaptPoll(seconds -> 1, 1e-6);
    }
    assertThat(plain.pollExponent()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DENY", "RSTR"})
  void aServerThatRefusesUsIsNotAskedAgain(String code) {
    plain.poll(SENT, NONCE);
    receive(plain, kiss(code, 6));

    assertThat(plain.isDenied()).isTrue();
    assertThat(plain.refusal()).isEqualTo(code);
    assertThat(plain.nextPollRawNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DENY", "RSTR", "RATE"})
  void aKissThatDoesNotAnswerOurRequestIsNothing(String code) {
    plain.poll(SENT, NONCE + 1);
    assertThat(receive(plain, kiss(code, 10))).isEqualTo(dropped(PacketTest.BOGUS));
    assertThat(plain.isDenied()).isFalse();
    assertThat(plain.pollExponent()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DENY", "RSTR", "RATE"})
  void aKissWithoutTheCodeIsNothingToAnAssociationWithAKey(String code) {
    ClientAssociation keyed = association(KEY_ID);
    keyed.poll(SENT, NONCE);
    assertThat(receive(keyed, kiss(code, 10))).isEqualTo(dropped(PacketTest.AUTHENTICATION));
    assertThat(keyed.isDenied()).isFalse();
    assertThat(receive(keyed, sealed(kiss("DENY", 10), KEY_ID, 0x5A)))
        .isEqualTo(new Reception.Kiss("DENY"));
    assertThat(keyed.isDenied()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void anyOctetsAreJudgedWithoutHarm(long seed) {
    Random random = new Random(seed);
    plain.poll(SENT, NONCE);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[random.nextInt(120)];
      random.nextBytes(octets);
      if (octets.length >= 48 && random.nextBoolean()) {
        byte[] good = reply(packet -> {});
        System.arraycopy(good, 0, octets, 0, 48);
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        plain.poll(SENT, NONCE);
      }
      assertThat(receive(plain, octets)).isNotNull();
    }
  }

  /** A "digest" that depends on every octet; of no cryptographic worth. */
  record XorKey(int secret) implements PacketKey {
    @Override
    public int digestLength() {
      return 16;
    }

    private byte octet(ByteBuffer packet, int at, int length, int number) {
      int sum = secret * 31 + number;
      for (int i = 0; i < length; i++) {
        sum = 31 * sum + packet.get(at + i);
      }
      return (byte) (sum >>> 8);
    }

    @Override
    public void write(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
      for (int i = 0; i < digestLength; i++) {
        packet.put(digestAt + i, octet(packet, at, length, i));
      }
    }

    @Override
    public boolean verify(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
      for (int i = 0; i < digestLength; i++) {
        if (packet.get(digestAt + i) != octet(packet, at, length, i)) {
          return false;
        }
      }
      return true;
    }
  }
}
