package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** What is believed of a packet that nobody asked for. */
class BroadcastAssociationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOON = 1_795_435_200L * SECOND;
  private static final int KEY_ID = 7;
  private static final ReferenceId OURS = ReferenceId.ofAddress(new byte[] {10, 0, 0, 1});

  /** A digest that is the sum of all octets, sixteen times. */
  private static final PacketKey SUM =
      new PacketKey() {
        @Override
        public int digestLength() {
          return 16;
        }

        @Override
        public void write(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
          for (int i = 0; i < digestLength; i++) {
            packet.put(digestAt + i, sum(packet, at, length));
          }
        }

        @Override
        public boolean verify(
            ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
          for (int i = 0; i < digestLength; i++) {
            if (packet.get(digestAt + i) != sum(packet, at, length)) {
              return false;
            }
          }
          return true;
        }

        private byte sum(ByteBuffer packet, int at, int length) {
          byte sum = 0;
          for (int i = at; i < at + length; i++) {
            sum += packet.get(i);
          }
          return sum;
        }
      };

  private static final PacketKeys KEYS = id -> id == KEY_ID ? SUM : null;

  private final BroadcastAssociation open = association(0);

  private static BroadcastAssociation association(int keyId) {
    return new BroadcastAssociation(
        new AssociationSettings("lan#1", 6, 10, 4, true, keyId), KEYS, 0);
  }

  /** A packet that left so many seconds after noon. */
  private static ByteBuffer packet(double seconds) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH + 20);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.BROADCAST);
    NtpHeader.stratum(packet, 0, 1);
    NtpHeader.pollExponent(packet, 0, 6);
    NtpHeader.precisionExponent(packet, 0, -20);
    NtpHeader.referenceId(packet, 0, ReferenceId.ofText("GPS").bits());
    NtpHeader.transmitTimestamp(
        packet, 0, NtpTimestamp.bitsOfUnixNanos(NOON + Math.round(seconds * 1e9)));
    return packet.limit(NtpHeader.LENGTH);
  }

  private static ByteBuffer sealed(ByteBuffer packet, int keyId) {
    packet.limit(NtpHeader.LENGTH + 20).putInt(NtpHeader.LENGTH, keyId);
    SUM.write(packet, 0, NtpHeader.LENGTH, NtpHeader.LENGTH + 4, 16);
    return packet;
  }

  private static Optional<Reception> receive(
      BroadcastAssociation association, ByteBuffer packet, double seconds) {
    long raw = Math.round(seconds * 1e9);
    Optional<TimeEstimate> belief =
        Optional.of(new TimeEstimate(raw, NOON + raw, 0, 1e-6, 1e-9, 1e-9));
    return association.receive(packet, raw, NOON, belief);
  }

  private static void assertDropped(Optional<Reception> reception, PacketTest test) {
    assertThat(reception).contains(new Reception.Dropped(test));
  }

  @Test
  void itsVolleyIsOfModeThreeAndSealedWithTheKey() {
    byte[] request = association(KEY_ID).volley().poll(0, 99);

    assertThat(NtpHeader.mode(ByteBuffer.wrap(request), 0)).isEqualTo(Mode.CLIENT);
    assertThat(request).hasSize(NtpHeader.LENGTH + 20);
  }

  @Test
  void aPacketWithoutTheRightCodeSaysNothing() {
    BroadcastAssociation keyed = association(KEY_ID);
    assertDropped(receive(keyed, packet(1), 1.1), PacketTest.AUTHENTICATION);
    assertDropped(receive(keyed, sealed(packet(2), 8), 2.1), PacketTest.AUTHENTICATION);
    ByteBuffer bent = sealed(packet(3), KEY_ID);
    NtpHeader.stratum(bent, 0, 2);
    assertDropped(receive(keyed, bent, 3.1), PacketTest.AUTHENTICATION);

    assertThat(receive(keyed, sealed(packet(0.5), KEY_ID), 4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7})
  void aPacketOfAnotherModeIsNone(int mode) {
    ByteBuffer packet = packet(1);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, mode);

    assertDropped(receive(open, packet, 1.1), PacketTest.FORMAT);
  }

  @Test
  void aPacketThatIsTooShortIsNone() {
    assertDropped(receive(open, packet(1).limit(47), 1.1), PacketTest.FORMAT);
    assertDropped(receive(open, packet(1).limit(0), 1.1), PacketTest.FORMAT);
  }

  @Test
  void aPacketThatDoesNotSayWhenItLeftIsNotUsed() {
    ByteBuffer packet = packet(1);
    NtpHeader.transmitTimestamp(packet, 0, 0);

    assertDropped(receive(open, packet, 1.1), PacketTest.INVALID);
  }

  @Test
  void aPacketIsUsedOnceAndNoneThatIsOlder() {
    assertThat(receive(open, packet(10), 10.1)).isEmpty();
    assertDropped(receive(open, packet(10), 10.2), PacketTest.DUPLICATE);
    assertDropped(receive(open, packet(9), 10.3), PacketTest.DUPLICATE);
    assertThat(receive(open, packet(11), 11.1)).isEmpty();
  }

  @Test
  void aServerThatDoesNotKnowTheTimeOrFollowsUsIsNotFollowed() {
    ByteBuffer unsynchronised = packet(1);
    NtpHeader.leapVersionMode(unsynchronised, 0, Leap.UNSYNCHRONIZED, 4, Mode.BROADCAST);
    assertDropped(receive(open, unsynchronised, 1.1), PacketTest.UNSYNCHRONISED);

    open.ownReferenceIds(Set.of(OURS));
    ByteBuffer follower = packet(2);
    NtpHeader.stratum(follower, 0, 2);
    NtpHeader.referenceId(follower, 0, OURS.bits());
    assertDropped(receive(open, follower, 2.1), PacketTest.LOOP);
  }

  private void volley(double oneWay) {
    for (int i = 1; i <= 8; i++) {
      open.volley().poll(i * SECOND, i);
      ByteBuffer answer = packet(i + oneWay);
      NtpHeader.leapVersionMode(answer, 0, Leap.NONE, 4, Mode.SERVER);
      NtpHeader.originTimestamp(answer, 0, i);
      NtpHeader.receiveTimestamp(answer, 0, NtpHeader.transmitTimestamp(answer, 0));
      Reception reception =
          open.receiveAnswer(
              answer, NtpHeader.LENGTH, i * SECOND + Math.round(2 * oneWay * 1e9), NOON);
      assertThat(reception).isInstanceOf(Reception.Exchange.class);
    }
  }

  @Test
  void onceTheWayIsKnownAPacketIsAsGoodAsAnAnswer() {
    volley(0.001);
    for (int i = 0; i < 4; i++) {
      assertThat(open.isMeasuring()).isTrue();
      assertThat(receive(open, packet(10 + i), 10.03 + i)).isEmpty();
    }
    assertThat(open.isMeasuring()).isFalse();

    Reception.Exchange exchange =
        (Reception.Exchange) receive(open, packet(20), 20.03).orElseThrow();
    assertThat(exchange.delay()).isBetween(0.001_999, 0.002_001);
    double offset =
        ((exchange.t2UnixNanos() - NOON - exchange.t1RawNanos())
                + (exchange.t3UnixNanos() - NOON - exchange.t4RawNanos()))
            * 0.5e-9;
    assertThat(offset).isBetween(-1e-6, 1e-6);
    assertThat(open.reach() & 1).isEqualTo(1);
  }

  @Test
  void aPacketThatWasHeldBackForSecondsMeasuresNoWay() {
    volley(0.001);

    assertDropped(receive(open, packet(10), 14), PacketTest.DELAY);
    assertThat(open.isMeasuring()).isTrue();
  }

  @Test
  void whatIsMissingShowsInTheReachRegister() {
    volley(0.001);
    for (int i = 0; i < 4; i++) {
      receive(open, packet(10 + i), 10.03 + i);
    }
    long due = open.nextPollRawNanos();
    assertThat(due).isEqualTo(Math.round((13.03 + 1.5 * 64) * 1e9));
    for (int i = 0; i < 8; i++) {
      open.missed(open.nextPollRawNanos());
    }

    assertThat(open.reach()).isZero();
    assertThat(open.isAnswered()).isFalse();
  }
}
