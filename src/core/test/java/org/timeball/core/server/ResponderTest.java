package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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
import org.timeball.core.server.AccessPolicy.Refusal;
import org.timeball.time.Leap;
import org.timeball.time.NtpShort;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

class ResponderTest {
  private static final long SECOND = 1_000_000_000L;

  /** 2036-02-07T06:28:16Z, the first second of era 1 (RFC 5905, section 6, figure 4). */
  private static final long ERA_1_UNIX_NANOS = 2_085_978_496L * SECOND;

  private static final long NOW = 1_795_453_699L * SECOND + 123_456_789;
  private static final long ARRIVED = NOW - 25_000;
  private static final long ORIGIN = 0xDEAD_BEEF_0BAD_F00DL;

  private static final ServerState GPS =
      new ServerState(
          Leap.INSERT,
          1,
          -23,
          0.000_5,
          0.001,
          15e-6,
          NOW - 100 * SECOND,
          ReferenceId.ofText("GPS"),
          NOW - 3 * SECOND);

  private final Responder responder = new Responder();

  private Outcome answer(Request request) {
    return responder.answer(request.receivedAt(ARRIVED), GPS, NOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void fillsEveryFieldOfTheReplyInTheVersionOfTheRequest(int version) {
    ByteBuffer packet = Requests.client(version);
    NtpHeader.pollExponent(packet, 0, 9);
    NtpHeader.stratum(packet, 0, 7);
    NtpHeader.transmitTimestamp(packet, 0, ORIGIN);

    assertThat(answer(Requests.of(packet))).isEqualTo(Outcome.ANSWERED);
    Responder.stamp(packet, 0, NOW + 1_000);

    assertThat(responder.replyLength()).isEqualTo(NtpHeader.LENGTH);
    assertThat(NtpHeader.leap(packet, 0)).isEqualTo(Leap.INSERT);
    assertThat(NtpHeader.version(packet, 0)).isEqualTo(version);
    assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.SERVER);
    assertThat(NtpHeader.stratum(packet, 0)).isEqualTo(1);
    assertThat(NtpHeader.pollExponent(packet, 0)).isEqualTo(9);
    assertThat(NtpHeader.precisionExponent(packet, 0)).isEqualTo(-23);
    assertThat(NtpHeader.rootDelay(packet, 0)).isEqualTo(NtpShort.ofSecondsRoundedUp(0.000_5));
    assertThat(new ReferenceId(NtpHeader.referenceId(packet, 0)).text()).isEqualTo("GPS");
    assertThat(NtpHeader.referenceTimestamp(packet, 0))
        .isEqualTo(NtpTimestamp.bitsOfUnixNanos(NOW - 3 * SECOND));
    assertThat(NtpHeader.originTimestamp(packet, 0)).isEqualTo(ORIGIN);
    assertThat(NtpHeader.receiveTimestamp(packet, 0))
        .isEqualTo(NtpTimestamp.bitsOfUnixNanos(ARRIVED));
    assertThat(NtpHeader.transmitTimestamp(packet, 0))
        .isEqualTo(NtpTimestamp.bitsOfUnixNanos(NOW + 1_000));
  }

  @Test
  void letsTheRootDispersionGrowBetweenUpdates() {
    ByteBuffer packet = Requests.client(4);
    answer(Requests.of(packet));
    assertThat(NtpShort.toSeconds(NtpHeader.rootDispersion(packet, 0)))
        .isBetween(0.001 + 100 * 15e-6, 0.001 + 100 * 15e-6 + 0x1p-16);
  }

  @Test
  void answersLeapThreeAndStratumZeroWhenNotSynchronised() {
    ByteBuffer packet = Requests.client(4);
    responder.answer(Requests.of(packet), ServerState.unsynchronized(-20), NOW);
    assertThat(responder.replyLength()).isEqualTo(NtpHeader.LENGTH);
    assertThat(NtpHeader.leap(packet, 0)).isEqualTo(Leap.UNSYNCHRONIZED);
    assertThat(NtpHeader.stratum(packet, 0)).isZero();
    assertThat(NtpHeader.referenceTimestamp(packet, 0)).isZero();
  }

  @Test
  void doesNotCallItselfSynchronisedAtStratumSixteen() {
    ServerState tooFar = new ServerState(Leap.NONE, 16, -20, 0, 0, 0, 0, ReferenceId.NONE, NOW);
    ByteBuffer packet = Requests.client(4);
    responder.answer(Requests.of(packet), tooFar, NOW);
    assertThat(NtpHeader.leap(packet, 0)).isEqualTo(Leap.UNSYNCHRONIZED);
    assertThat(NtpHeader.stratum(packet, 0)).isZero();
  }

  @Test
  void neverSaysThatARequestArrivedAfterNow() {
    ByteBuffer packet = Requests.client(4);
    responder.answer(Requests.of(packet).receivedAt(NOW + 300), GPS, NOW);
    assertThat(NtpHeader.receiveTimestamp(packet, 0)).isEqualTo(NtpTimestamp.bitsOfUnixNanos(NOW));
  }

  @ParameterizedTest
  @ValueSource(longs = {-100_000_000L, -1, 0, 1, 100_000_000L})
  void tellsTimeAcrossTheEndOfTheFirstEra(long nanos) {
    ByteBuffer packet = Requests.client(4);
    long now = ERA_1_UNIX_NANOS + nanos;
    responder.answer(Requests.of(packet).receivedAt(now), GPS, now);
    Responder.stamp(packet, 0, now);

    long transmit = NtpHeader.transmitTimestamp(packet, 0);
    assertThat(transmit >>> 32).isEqualTo(nanos < 0 ? 0xFFFF_FFFFL : 0);
    assertThat(transmit).as("0 would mean unknown").isNotZero();
    assertThat(NtpHeader.receiveTimestamp(packet, 0)).isEqualTo(transmit);
    assertThat(NtpTimestamp.unixNanosNear(transmit, NOW)).isEqualTo(now);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 5, 6, 7})
  void answersNoModeThatIsNoRequest(int mode) {
    for (int version = 1; version <= 4; version++) {
      if (version == 1 && mode == 0) {
        continue;
      }
      ByteBuffer packet = Requests.packet(version, mode, NtpHeader.LENGTH);
      assertThat(answer(Requests.of(packet))).isEqualTo(Outcome.NOT_A_REQUEST);
      assertThat(responder.replyLength()).isZero();
    }
  }

  @Test
  void answersVersionOneWhichHasNoModeYetExceptFromAServersPort() {
    ByteBuffer packet = Requests.packet(1, Mode.RESERVED, NtpHeader.LENGTH);
    assertThat(answer(Requests.of(packet).source(0, Requests.CLIENT, 123)))
        .isEqualTo(Outcome.NOT_A_REQUEST);
    assertThat(answer(Requests.of(packet))).isEqualTo(Outcome.ANSWERED);
    assertThat(NtpHeader.version(packet, 0)).isEqualTo(1);
    assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.SERVER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 6, 7})
  void answersNoVersionThatItDoesNotKnow(int version) {
    assertThat(answer(Requests.of(Requests.client(version)))).isEqualTo(Outcome.UNKNOWN_VERSION);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 47})
  void answersNothingShorterThanAHeader(int length) {
    assertThat(answer(Requests.of(Requests.client(4), length))).isEqualTo(Outcome.TOO_SHORT);
  }

  @Test
  void answersNothingThatWasCutOff() {
    ByteBuffer packet = Requests.client(4);
    Request request = Requests.of(packet).octets(packet, 0, NtpHeader.LENGTH, true);
    assertThat(answer(request)).isEqualTo(Outcome.TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource({"224.0.1.1", "239.255.255.255", "255.255.255.255", "0.0.0.0", "0.1.2.3", "240.0.0.1"})
  void answersNoSenderThatCannotBe(String source) {
    Request request = Requests.of(Requests.client(4)).source(0, ipv4(source), 123);
    assertThat(answer(request)).isEqualTo(Outcome.BAD_SOURCE);
  }

  @Test
  void answersNothingFromPortZero() {
    Request request = Requests.of(Requests.client(4)).source(0, Requests.CLIENT, 0);
    assertThat(answer(request)).isEqualTo(Outcome.BAD_SOURCE);
  }

  @Test
  void answersNoSenderOfIpv6ThatCannotBe() {
    Request unspecified = Requests.of(Requests.client(4)).source(0, 0, 123);
    assertThat(answer(unspecified)).isEqualTo(Outcome.BAD_SOURCE);
    Request group = Requests.of(Requests.client(4)).source(0xFF02L << 48, 1, 123);
    assertThat(answer(group)).isEqualTo(Outcome.BAD_SOURCE);
  }

  @Test
  void answersNothingThatWasSentToMany() {
    Request multicast =
        Requests.of(Requests.client(4)).destination(0, ipv4("224.0.1.1"), 123, true);
    assertThat(answer(multicast)).isEqualTo(Outcome.NOT_UNICAST);
    Request group = Requests.of(Requests.client(4)).destination(0xFF05L << 48, 0x101, 123, true);
    assertThat(answer(group)).isEqualTo(Outcome.NOT_UNICAST);
    Request subnet =
        Requests.of(Requests.client(4)).destination(0, ipv4("192.0.2.255"), 123, false);
    assertThat(answer(subnet)).isEqualTo(Outcome.NOT_UNICAST);
  }

  @Test
  void answersNothingThatClaimsToComeFromItself() {
    Request forged =
        Requests.of(Requests.client(4)).source(0, Requests.SERVER, Requests.SERVER_PORT);
    assertThat(answer(forged)).isEqualTo(Outcome.OWN_PACKET);
    Request neighbour = Requests.of(Requests.client(4)).source(0, Requests.SERVER, 40_000);
    assertThat(answer(neighbour)).as("a client on this machine").isEqualTo(Outcome.ANSWERED);
  }

  @Test
  void leavesAnUnknownExtensionFieldOutOfTheReply() {
    ByteBuffer packet = Requests.packet(4, Mode.CLIENT, NtpHeader.LENGTH + 28);
    packet.putShort(NtpHeader.LENGTH, (short) 0xF123).putShort(NtpHeader.LENGTH + 2, (short) 28);
    assertThat(answer(Requests.of(packet))).isEqualTo(Outcome.ANSWERED);
    assertThat(responder.replyLength()).isEqualTo(NtpHeader.LENGTH);
  }

  @Test
  void answersACodeItHasNoKeyForWithACryptoNak() {
    ByteBuffer packet = Requests.packet(4, Mode.CLIENT, NtpHeader.LENGTH + 20);
    packet.putInt(NtpHeader.LENGTH, 42);
    assertThat(answer(Requests.of(packet))).isEqualTo(Outcome.CRYPTO_NAK);
    assertThat(responder.replyLength()).isEqualTo(NtpHeader.LENGTH + 4);
    assertThat(packet.getInt(NtpHeader.LENGTH)).isZero();
  }

  @Test
  void answersNoRequestThatIsACryptoNakItself() {
    ByteBuffer packet = Requests.packet(4, Mode.CLIENT, NtpHeader.LENGTH + 4);
    assertThat(answer(Requests.of(packet))).isEqualTo(Outcome.NAK_IN_REQUEST);
  }

  private static long ipv4(String dotted) {
    int bits = 0;
    for (String octet : dotted.split("\\.", -1)) {
      bits = bits << 8 | Integer.parseInt(octet);
    }
    return IpAddresses.mapped(bits);
  }

  private static ByteBuffer keyed(int version, int fieldLength, int keyId, PacketKey key) {
    int codeAt = NtpHeader.LENGTH + fieldLength;
    ByteBuffer packet =
        Requests.packet(version, Mode.CLIENT, codeAt + MessageCode.length(key, version));
    if (fieldLength > 0) {
      packet
          .putShort(NtpHeader.LENGTH, (short) 0xF123)
          .putShort(NtpHeader.LENGTH + 2, (short) fieldLength);
    }
    MessageCode.write(packet, 0, codeAt, keyId, key);
    return packet;
  }

  @ParameterizedTest
  @CsvSource({"4, 16, 0", "4, 20, 0", "4, 32, 0", "3, 16, 0", "3, 32, 0", "3, 64, 0", "4, 20, 28"})
  void answersAGoodCodeWithACodeOfTheSameKey(int version, int digestLength, int fieldLength) {
    PacketKey key = new SumKey(7, digestLength);
    Responder keyed = new Responder(Admission.open(), id -> id == 42 ? key : null);
    ByteBuffer packet = keyed(version, fieldLength, 42, key);
    int asked = packet.capacity();

    Outcome outcome = keyed.answer(Requests.of(packet).receivedAt(ARRIVED), GPS, NOW);
    keyed.finish(packet, 0, keyed.replyLength(), NOW);

    assertThat(outcome).isEqualTo(Outcome.ANSWERED);
    assertThat(keyed.replyLength()).isEqualTo(asked - fieldLength);
    assertThat(MessageCode.keyId(packet, NtpHeader.LENGTH)).isEqualTo(42);
    int codeLength = keyed.replyLength() - NtpHeader.LENGTH;
    assertThat(MessageCode.verify(packet, 0, NtpHeader.LENGTH, codeLength, key))
        .as("over the reply with its transmit timestamp")
        .isTrue();
  }

  @Test
  void answersAWrongCodeOrOneOfAnotherKindWithACryptoNak() {
    PacketKey key = new SumKey(7, 20);
    Responder keyed = new Responder(Admission.open(), id -> id == 42 ? key : null);
    ByteBuffer spoilt = keyed(4, 0, 42, key);
    NtpHeader.pollExponent(spoilt, 0, 3);
    ByteBuffer otherSecret = keyed(4, 0, 42, new SumKey(8, 20));
    ByteBuffer otherKind = keyed(4, 0, 42, new SumKey(7, 16));
    ByteBuffer otherKey = keyed(4, 0, 43, key);
    ByteBuffer keyZero = keyed(4, 0, 0, key);
    for (ByteBuffer packet : new ByteBuffer[] {spoilt, otherSecret, otherKind, otherKey, keyZero}) {
      assertThat(keyed.answer(Requests.of(packet), GPS, NOW)).isEqualTo(Outcome.CRYPTO_NAK);
      assertThat(keyed.replyLength()).isEqualTo(NtpHeader.LENGTH + 4);
      assertThat(packet.getInt(NtpHeader.LENGTH)).isZero();
    }
  }

  private static AccessPolicy policy(AccessList access, Refusal refusal) {
    return new AccessPolicy(access, refusal, RateLimit.DEFAULT, 8);
  }

  @Test
  void dropsWhomTheAccessListDenies() {
    AccessList access =
        new AccessList.Builder(AccessList.Verdict.DENY)
            .add(new Prefix(0, ipv4("10.0.0.0"), 8), AccessList.Verdict.ALLOW)
            .build();
    Admission admission = new Admission(policy(access, Refusal.SILENT), 1);
    Responder guarded = new Responder(admission, PacketKeys.NONE);
    assertThat(guarded.answer(Requests.of(Requests.client(4)), GPS, NOW))
        .isEqualTo(Outcome.ACCESS_DENIED);
    Request inside = Requests.of(Requests.client(4)).source(0, ipv4("10.1.2.3"), 40_000);
    assertThat(guarded.answer(inside, GPS, NOW)).isEqualTo(Outcome.ANSWERED);

    admission.use(AccessPolicy.OPEN);
    assertThat(guarded.answer(Requests.of(Requests.client(4)), GPS, NOW))
        .isEqualTo(Outcome.ANSWERED);
  }

  @Test
  void tellsAClientThatAsksTooOftenOnceAndThenIsSilent() {
    RateLimit once = new RateLimit(SECOND, 1, SECOND, 10, 64);
    Responder limited =
        new Responder(
            new Admission(
                new AccessPolicy(
                    AccessList.everybody(AccessList.Verdict.LIMIT), Refusal.SILENT, once, 8),
                1),
            PacketKeys.NONE);
    assertThat(limited.answer(Requests.of(Requests.client(4)).handledAt(5), GPS, NOW))
        .isEqualTo(Outcome.ANSWERED);

    ByteBuffer packet = Requests.client(4);
    NtpHeader.transmitTimestamp(packet, 0, ORIGIN);
    assertThat(limited.answer(Requests.of(packet).handledAt(6), GPS, NOW))
        .isEqualTo(Outcome.KISSED_RATE);
    assertThat(limited.replyLength()).isEqualTo(NtpHeader.LENGTH);
    assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.SERVER);
    assertThat(NtpHeader.leap(packet, 0)).isEqualTo(Leap.UNSYNCHRONIZED);
    assertThat(NtpHeader.stratum(packet, 0)).isZero();
    assertThat(new ReferenceId(NtpHeader.referenceId(packet, 0)).text()).isEqualTo("RATE");
    assertThat(NtpHeader.originTimestamp(packet, 0)).isEqualTo(ORIGIN);

    assertThat(limited.answer(Requests.of(Requests.client(4)).handledAt(7), GPS, NOW))
        .isEqualTo(Outcome.RATE_EXCEEDED);
    assertThat(limited.replyLength()).isZero();
  }
}
