package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.timeball.core.ClockReading;
import org.timeball.core.ServerState;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** Two peers that talk with each other (RFC 9769, section 3). */
class InterleavedPeerTest {
  private static final long NOW = 1_795_435_200_000_000_000L;
  private static final double WAY = 0.001;

  /** Each packet leaves so much later than its own transmit timestamp says, in seconds. */
  private static final double LATE = 80e-6;

  /** One side. */
  private static final class Side {
    final SymmetricAssociation association;
    final double offset;
    final List<Double> offsets = new ArrayList<>();
    int interleavedSent;

    Side(boolean interleaved, double offset) {
      association =
          new SymmetricAssociation(
              new AssociationSettings("peer", 4, 4, 4, false, 0, false, interleaved),
              id -> null,
              0);
      this.offset = offset;
    }

    ClockReading at(double seconds) {
      return new ClockReading(
          Math.round(seconds * 1e9), NOW + Math.round((seconds + offset) * 1e9));
    }

    /** Sends at so many seconds of true time; what is on the wire. */
    ByteBuffer send(double seconds) {
      ServerState state =
          new ServerState(
              Leap.NONE,
              2,
              -20,
              0,
              0,
              0,
              at(seconds).unixNanos(),
              ReferenceId.ofText("ABC"),
              at(seconds).unixNanos());
      ByteBuffer octets = ByteBuffer.allocate(NtpHeader.LENGTH);
      octets.put(0, association.poll(at(seconds), state).header(), 0, NtpHeader.LENGTH);
      long given = NtpHeader.transmitTimestamp(octets, 0);
      if (given == 0) {
        NtpHeader.transmitTimestamp(
            octets, 0, NtpTimestamp.bitsOfUnixNanos(at(seconds - LATE).unixNanos()));
      } else {
        interleavedSent++;
      }
      association.departed(NtpHeader.transmitTimestamp(octets, 0), at(seconds), true);
      return octets;
    }

    void receive(ByteBuffer packet, double seconds) {
      if (association.receive(packet, at(seconds), NOW) instanceof Reception.Exchange e) {
        offsets.add(
            ((e.t2UnixNanos() - NOW - e.t1RawNanos()) + (e.t3UnixNanos() - NOW - e.t4RawNanos()))
                * 0.5e-9);
      }
    }
  }

  private final Side left = new Side(true, 0);

  /** Both send every 16 s, the right one half an interval later, except where packets are lost. */
  private void talk(Side right, int from, int until, IntPredicate isLost) {
    for (int i = from; i < until; i++) {
      double seconds = 100 + 8 * i;
      Side sender = i % 2 == 0 ? left : right;
      Side receiver = i % 2 == 0 ? right : left;
      ByteBuffer packet = sender.send(seconds);
      if (!isLost.test(i)) {
        receiver.receive(packet, seconds + WAY);
      }
    }
  }

  @Test
  void bothLearnWhenPacketsReallyLeft() {
    Side right = new Side(true, 0.25);
    talk(right, 0, 40, i -> false);

    assertThat(left.interleavedSent).isGreaterThan(15);
    assertThat(left.association.interleavedReplies()).isGreaterThan(15);
    assertThat(right.association.interleavedReplies()).isGreaterThan(15);
    assertThat(left.offsets.subList(5, left.offsets.size()))
        .allSatisfy(offset -> assertThat(offset).isCloseTo(0.25, within(1e-8)));
    assertThat(right.offsets.subList(5, right.offsets.size()))
        .allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(1e-8)));
  }

  @Test
  void theBasicModeIsOffByWhatTheTimestampsAreEarly() {
    Side right = new Side(false, 0.25);
    talk(right, 0, 40, i -> false);

    assertThat(left.association.interleavedReplies()).isZero();
    assertThat(left.offsets).hasSizeGreaterThan(1);
    assertThat(left.offsets.getLast()).isCloseTo(0.25 - LATE / 2, within(1e-8));
  }

  @Test
  void lostPacketsLeadToNothingFalse() {
    for (int seed = 0; seed < 50; seed++) {
      Side right = new Side(true, 0.25);
      SplittableRandom random = new SplittableRandom(seed);
      talk(right, 0, 60, i -> random.nextDouble() < 0.3);
      assertThat(left.offsets)
          .allSatisfy(offset -> assertThat(offset).isCloseTo(0.25, within(LATE)));
      assertThat(right.offsets).allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(LATE)));
      left.offsets.clear();
      left.association.forgetExchange();
    }
  }

  @Test
  void aPeerThatStartsAnewIsUnderstoodAgain() {
    talk(new Side(true, 0.25), 0, 20, i -> false);
    int before = left.offsets.size();
    Side fresh = new Side(true, -0.5);
    talk(fresh, 20, 60, i -> false);

    assertThat(left.offsets.size()).isGreaterThan(before + 5);
    assertThat(left.offsets.getLast()).isCloseTo(-0.5, within(1e-8));
    assertThat(fresh.offsets.getLast()).isCloseTo(0, within(1e-8));
  }

  @Test
  void aSideThatSendsTwiceAsOftenLearnsNothingFalse() {
    Side right = new Side(true, 0.25);
    for (int i = 0; i < 60; i++) {
      double seconds = 100 + 8 * i;
      boolean rightsTurn = i % 3 == 2;
      Side sender = rightsTurn ? right : left;
      ByteBuffer packet = sender.send(seconds);
      (rightsTurn ? left : right).receive(packet, seconds + WAY);
    }
    assertThat(left.offsets)
        .hasSizeGreaterThan(8)
        .allSatisfy(offset -> assertThat(offset).isCloseTo(0.25, within(LATE)));
    assertThat(right.offsets)
        .hasSizeGreaterThan(8)
        .allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(LATE)));
  }

  @Test
  void aStepOfTheClockIsNotTakenForADeparture() {
    Side right = new Side(true, 0.25);
    talk(right, 0, 20, i -> false);
    left.association.clockStepped();
    int before = left.interleavedSent;
    left.send(100 + 8 * 20);

    assertThat(left.interleavedSent).isEqualTo(before);
  }
}
