package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.ServerState;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.source.ClientAssociationTest.XorKey;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** What is said to a peer, and what is believed of its packets. */
class SymmetricAssociationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_795_435_200L * SECOND;
  private static final ReferenceId OURS = new ReferenceId(0x0A000001);
  private static final int KEY_ID = 7;
  private static final ServerState STATE = ServerState.unsynchronized(-20);

  private final SymmetricAssociation plain = association(0);
  private final SymmetricAssociation keyed = association(KEY_ID);

  private static SymmetricAssociation association(int keyId) {
    PacketKeys keys = id -> id == KEY_ID ? new XorKey(0x5A) : null;
    SymmetricAssociation association =
        new SymmetricAssociation(new AssociationSettings("peer", 6, 10, 4, false, keyId), keys, 0);
    association.ownReferenceIds(Set.of(OURS));
    return association;
  }

  /** Both scales at so many seconds. */
  private static ClockReading at(double seconds) {
    long nanos = Math.round(seconds * 1e9);
    return new ClockReading(nanos, NOW + nanos);
  }

  private static long stamp(double seconds) {
    return NtpTimestamp.bitsOfUnixNanos(at(seconds).unixNanos());
  }

  /** Sends at so many seconds; the transmit timestamp is that moment. */
  private static ByteBuffer send(SymmetricAssociation association, double seconds) {
    Action.Transmit packet = association.poll(at(seconds), STATE);
    association.departed(stamp(seconds), at(seconds), true);
    return packet.header();
  }

  private static byte[] packet(double transmit, long origin, Consumer<ByteBuffer> bend) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.SYMMETRIC_ACTIVE);
    NtpHeader.stratum(packet, 0, 2);
    NtpHeader.pollExponent(packet, 0, 6);
    NtpHeader.originTimestamp(packet, 0, origin);
    NtpHeader.receiveTimestamp(packet, 0, origin + (1 << 20));
    NtpHeader.transmitTimestamp(packet, 0, stamp(transmit));
    bend.accept(packet);
    return packet.array();
  }

  private static byte[] packet(double transmit, long origin) {
    return packet(transmit, origin, p -> {});
  }

  private static byte[] sealed(byte[] octets, int secret) {
    ByteBuffer packet = ByteBuffer.allocate(octets.length + 20).put(0, octets);
    MessageCode.write(packet, 0, octets.length, KEY_ID, new XorKey(secret));
    return packet.array();
  }

  private static Reception receive(
      SymmetricAssociation association, byte[] octets, double seconds) {
    return association.receive(ByteBuffer.wrap(octets), at(seconds), NOW);
  }

  private static Reception dropped(PacketTest test) {
    return new Reception.Dropped(test);
  }

  private static boolean repeats(SymmetricAssociation association, double seconds, long origin) {
    return NtpHeader.originTimestamp(send(association, seconds), 0) == origin;
  }

  @Test
  void theFirstPacketRepeatsNothing() {
    ByteBuffer header = send(plain, 1);

    assertThat(NtpHeader.mode(header, 0)).isEqualTo(Mode.SYMMETRIC_ACTIVE);
    assertThat(NtpHeader.originTimestamp(header, 0)).isZero();
    assertThat(NtpHeader.receiveTimestamp(header, 0)).isZero();
    assertThat(NtpHeader.leap(header, 0)).isEqualTo(Leap.UNSYNCHRONIZED);
  }

  @Test
  void thePeersPacketIsAnExchangeAndTheNextOfOursRepeatsIt() {
    send(plain, 1);
    Reception reception = receive(plain, packet(30, stamp(1)), 30.002);

    assertThat(reception).isInstanceOf(Reception.Exchange.class);
    assertThat(((Reception.Exchange) reception).t1RawNanos()).isEqualTo(SECOND);
    assertThat(plain.reach()).isEqualTo(1);
    ByteBuffer next = send(plain, 65);
    assertThat(NtpHeader.originTimestamp(next, 0)).isEqualTo(stamp(30));
    assertThat(NtpHeader.receiveTimestamp(next, 0)).isEqualTo(stamp(30.002));
  }

  @Test
  void packetsThatCrossOnTheWayAreNotLost() {
    send(plain, 1);
    send(plain, 65);

    assertThat(receive(plain, packet(64.999, stamp(1)), 65.001))
        .isInstanceOf(Reception.Exchange.class);
    assertThat(receive(plain, packet(128, stamp(65)), 128.001))
        .isInstanceOf(Reception.Exchange.class);
  }

  @Test
  void eachOfOurPacketsIsAnsweredOnce() {
    send(plain, 1);
    receive(plain, packet(30, stamp(1)), 30.002);

    assertThat(receive(plain, packet(31, stamp(1)), 31.002)).isEqualTo(dropped(PacketTest.BOGUS));
  }

  @Test
  void test1ACopyOfAPacketIsDroppedAndChangesNothing() {
    send(plain, 1);
    byte[] good = packet(30, stamp(1));
    receive(plain, good, 30.002);

    assertThat(receive(plain, good, 40)).isEqualTo(dropped(PacketTest.DUPLICATE));
    assertThat(NtpHeader.receiveTimestamp(send(plain, 65), 0)).isEqualTo(stamp(30.002));
  }

  @Test
  void withoutAKeyAForgedPacketIsNotRememberedWhileThePeerAnswers() {
    send(plain, 1);
    receive(plain, packet(30, stamp(1)), 30.002);

    assertThat(receive(plain, packet(50, 0x1234), 50)).isEqualTo(dropped(PacketTest.BOGUS));
    assertThat(receive(plain, packet(51, 0), 51)).isEqualTo(dropped(PacketTest.INVALID));
    assertThat(repeats(plain, 65, stamp(30))).isTrue();
  }

  @Test
  void withoutAKeyAPeerThatStartedAnewIsRememberedAfterThreePacketsWithoutAnswer() {
    send(plain, 1);
    receive(plain, packet(30, stamp(1)), 30.002);
    send(plain, 65);
    send(plain, 129);
    receive(plain, packet(130, 0), 130.002);
    assertThat(repeats(plain, 193, stamp(30))).isTrue();
    receive(plain, packet(194, 0), 194.002);

    assertThat(repeats(plain, 257, stamp(194))).isTrue();
  }

  @Test
  void withAKeyAPeerThatStartedAnewIsRememberedAtOnce() {
    send(keyed, 1);
    receive(keyed, sealed(packet(30, stamp(1)), 0x5A), 30.002);
    receive(keyed, sealed(packet(40, 0), 0x5A), 40.002);

    assertThat(repeats(keyed, 65, stamp(40))).isTrue();
  }

  @Test
  void aGenuinePacketRecordedEarlierAndPlayedAgainChangesNothing() {
    send(keyed, 1);
    byte[] first = sealed(packet(30, stamp(1)), 0x5A);
    receive(keyed, first, 30.002);
    send(keyed, 65);
    receive(keyed, sealed(packet(94, stamp(65)), 0x5A), 94.002);

    assertThat(receive(keyed, first, 100)).isEqualTo(dropped(PacketTest.BOGUS));
    assertThat(repeats(keyed, 129, stamp(94))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatIsNotAuthenticChangesNothingOfAnAuthenticatedPeer(int kind) {
    send(keyed, 1);
    receive(keyed, sealed(packet(30, stamp(1)), 0x5A), 30.002);
    send(keyed, 65);
    byte[] good = packet(94, stamp(65));
    byte[] forged =
        switch (kind) {
          case 0 -> good;
          case 1 -> sealed(good, 0x33);
          default -> ByteBuffer.allocate(52).put(0, good).array();
        };

    for (int i = 0; i < 20; i++) {
      assertThat(receive(keyed, forged, 94 + i)).isEqualTo(dropped(PacketTest.AUTHENTICATION));
    }
    assertThat(keyed.isDenied()).isFalse();
    assertThat(keyed.reach()).isEqualTo(2);
    assertThat(receive(keyed, sealed(good, 0x5A), 94.002)).isInstanceOf(Reception.Exchange.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DENY", "RSTR", "RATE"})
  void aKissThatDoesNotAnswerOurPacketIsIgnored(String code) {
    send(plain, 1);
    Consumer<ByteBuffer> kiss =
        p -> {
          NtpHeader.leapVersionMode(p, 0, Leap.UNSYNCHRONIZED, 4, Mode.SYMMETRIC_PASSIVE);
          NtpHeader.stratum(p, 0, 0);
          NtpHeader.pollExponent(p, 0, 17);
          NtpHeader.referenceId(p, 0, ReferenceId.ofText(code).bits());
        };
    receive(plain, packet(2, 0x1234, kiss), 2);
    assertThat(plain.isDenied()).isFalse();
    assertThat(plain.interval()).isEqualTo(64);

    assertThat(receive(plain, packet(3, stamp(1), kiss), 3)).isEqualTo(new Reception.Kiss(code));
    assertThat(plain.isDenied()).isEqualTo(!code.equals("RATE"));
    assertThat(plain.interval()).isEqualTo(code.equals("RATE") ? 131_072 : 64);
  }

  @Test
  void test3ATimestampThatIsMissingOrRunsBackwards() {
    send(plain, 1);
    assertThat(receive(plain, packet(30, stamp(1), p -> NtpHeader.receiveTimestamp(p, 0, 0)), 30))
        .isEqualTo(dropped(PacketTest.INVALID));
    assertThat(
            receive(
                plain, packet(30, stamp(1), p -> NtpHeader.receiveTimestamp(p, 0, stamp(31))), 30))
        .isEqualTo(dropped(PacketTest.INVALID));
    assertThat(plain.reach()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {Mode.CLIENT, Mode.SERVER, Mode.BROADCAST, Mode.CONTROL, Mode.RESERVED})
  void packetsOfOtherModesAreNoPeers(int mode) {
    send(plain, 1);
    assertThat(
            receive(
                plain,
                packet(30, stamp(1), p -> NtpHeader.leapVersionMode(p, 0, Leap.NONE, 4, mode)),
                30))
        .isEqualTo(dropped(PacketTest.FORMAT));
  }

  @Test
  void aStepOfOurClockIsNotRepeatedToThePeer() {
    send(plain, 1);
    receive(plain, packet(30, stamp(1)), 30.002);
    plain.clockStepped();

    assertThat(repeats(plain, 65, 0)).isTrue();
  }

  @Test
  void aLongHoldIsTakenOutOfTheDelayAtTheRateThatIsBelieved() {
    // Raw runs 100 ppm fast; the peer held our packet for 1000 s; 2 ms each way.
    double fast = 1 + 100e-6;
    long t4 = Math.round((0.002 + 1000 + 0.002) * fast * 1e9);
    Reception.Exchange held =
        new Reception.Exchange(
            0,
            NOW + 2_000_000,
            NOW + 2_000_000 + 1000 * SECOND,
            t4,
            ServerTests.read(ByteBuffer.wrap(packet(1, 1))));

    Reception.Exchange exchange = HeldExchange.answeredAtOnce(held, 1 / fast - 1, 1e-7);
    assertThat(exchange.delay()).isCloseTo(0.004 + 1e-4, within(2e-6));
    assertThat(exchange.t1RawNanos() + exchange.t4RawNanos()).isCloseTo(t4, within(2L));
    assertThat(exchange.t2UnixNanos() + exchange.t3UnixNanos())
        .isCloseTo(held.t2UnixNanos() + held.t3UnixNanos(), within(2L));
    assertThat(HeldExchange.answeredAtOnce(held, 0, 500e-6).delay()).isGreaterThan(0.5);
  }
}
