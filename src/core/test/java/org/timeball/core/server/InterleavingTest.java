package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.timeball.core.ServerState;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** The interleaved mode as a client sees it (RFC 9769, section 2). */
class InterleavingTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_795_453_699L * SECOND + 123_456_789;
  private static final ServerState GPS =
      new ServerState(
          Leap.NONE, 1, -23, 0, 1e-6, 15e-6, NOW, ReferenceId.ofText("GPS"), NOW - SECOND);

  /** What a reply takes from its timestamp to the wire. */
  private static final long DEPARTURE = 17_000;

  private final Responder responder =
      new Responder(
          Admission.open(),
          PacketKeys.NONE,
          Optional.empty(),
          false,
          Optional.of(new Interleaving(16)));
  private long nonce = 1_000;
  private long seconds;

  private ByteBuffer ask(long origin, long receive) {
    return ask(origin, receive, nonce += 1_000);
  }

  /** A request a second after the last; its reply leaves, and the kernel tells so. */
  private ByteBuffer ask(long origin, long receive, long transmit) {
    ByteBuffer packet = Requests.client(4);
    NtpHeader.originTimestamp(packet, 0, origin);
    NtpHeader.receiveTimestamp(packet, 0, receive);
    NtpHeader.transmitTimestamp(packet, 0, transmit);
    long now = NOW + seconds * SECOND;
    responder.answer(
        Requests.of(packet).receivedAt(now - 25_000).handledAt(seconds++ * SECOND), GPS, now);
    if (responder.isInterleaved()) {
      responder.seal(packet, 0, responder.replyLength());
    } else {
      responder.finish(packet, 0, responder.replyLength(), now);
    }
    if (responder.awaitedReceipt() != 0) {
      responder.departed(responder.awaitedReceipt(), now + DEPARTURE);
    }
    return packet;
  }

  private static long receipt(ByteBuffer reply) {
    return NtpHeader.receiveTimestamp(reply, 0);
  }

  @Test
  void tellsWhenTheReplyBeforeLeftToAClientThatShowsItsReceipt() {
    ByteBuffer first = ask(0, 0);
    ByteBuffer second = ask(receipt(first), 77);
    assertThat(responder.isInterleaved()).as("nobody asked for the first departure").isFalse();
    ByteBuffer third = ask(receipt(second), 78);

    assertThat(responder.isInterleaved()).isTrue();
    assertThat(NtpHeader.originTimestamp(third, 0)).isEqualTo(78);
    assertThat(NtpTimestamp.unixNanosNear(NtpHeader.transmitTimestamp(third, 0), NOW))
        .isEqualTo(NOW + SECOND + DEPARTURE);
    assertThat(NtpTimestamp.unixNanosNear(receipt(third), NOW))
        .isEqualTo(NOW + 2 * SECOND - 25_000);
  }

  @Test
  void answersInTheBasicModeWhenTheDepartureWasTold() {
    ByteBuffer second = ask(receipt(ask(0, 0)), 77);
    ask(receipt(second), 78);

    ByteBuffer again = ask(receipt(second), 79, 5);

    assertThat(responder.isInterleaved()).isFalse();
    assertThat(NtpHeader.originTimestamp(again, 0)).isEqualTo(5);
    assertThat(NtpTimestamp.unixNanosNear(NtpHeader.transmitTimestamp(again, 0), NOW))
        .isEqualTo(NOW + 3 * SECOND);
  }

  @Test
  void keepsNothingForAClientOfTheBasicModeWhoShowsATransmitTimestamp() {
    ByteBuffer first = ask(0, 0);
    ask(NtpHeader.transmitTimestamp(first, 0), 77);
    assertThat(responder.awaitedReceipt()).isZero();
  }

  @Test
  void cannotTellAnInterleavedReplyFromABasicOneIfBothNoncesAreTheSameAndDoesNotTry() {
    ByteBuffer second = ask(receipt(ask(0, 0)), 77);
    ask(receipt(second), 78, 78);
    assertThat(responder.isInterleaved()).isFalse();
  }

  @Test
  void receiveAndTransmitTimestampsAreNeverEqual() {
    for (long instant : new long[] {NOW, NOW + 1, 2_085_978_496L * SECOND}) {
      ByteBuffer packet = Requests.client(4);
      responder.answer(Requests.of(packet).receivedAt(instant), GPS, instant);
      responder.finish(packet, 0, responder.replyLength(), instant);
      assertThat(NtpHeader.transmitTimestamp(packet, 0)).isNotEqualTo(receipt(packet)).isNotZero();
      assertThat(Math.abs(NtpHeader.transmitTimestamp(packet, 0) - receipt(packet)))
          .as("in quarters of a nanosecond")
          .isLessThanOrEqualTo(2);
    }
  }

  @Test
  void requestsOfTheSameMomentGetReceiptsOfTheirOwn() {
    Set<Long> receipts = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      ByteBuffer packet = Requests.client(4);
      responder.answer(Requests.of(packet).receivedAt(NOW), GPS, NOW);
      receipts.add(receipt(packet));
    }
    assertThat(receipts).hasSize(50);
  }

  @Test
  void forgetsDeparturesFromBeforeTheClockWasStepped() {
    ByteBuffer second = ask(receipt(ask(0, 0)), 77);
    seconds--; // the raw scale goes on by a second less than the served clock
    ByteBuffer packet = Requests.client(4);
    NtpHeader.originTimestamp(packet, 0, receipt(second));
    NtpHeader.receiveTimestamp(packet, 0, 78);
    NtpHeader.transmitTimestamp(packet, 0, 9);
    responder.answer(
        Requests.of(packet).receivedAt(NOW).handledAt(2 * SECOND), GPS, NOW + 3 * SECOND);
    assertThat(responder.isInterleaved()).isFalse();
  }

  @Test
  void aFullTableMakesRoomAndItsOldestClientIsAnsweredInTheBasicMode() {
    Interleaving table = new Interleaving(8);
    for (long receipt = 1; receipt <= 17; receipt += 2) {
      table.departed(receipt, receipt * 100);
    }
    assertThat(table.take(1)).isZero();
    assertThat(table.take(3)).isEqualTo(300);
    assertThat(table.take(17)).isEqualTo(1_700);
    assertThat(table.take(17)).as("told once").isZero();
  }

  @Test
  void onlyAListenerOfTheBasicModeSaysTimesAsTheyAre() {
    Responder basic = new Responder();
    ByteBuffer packet = Requests.client(4);
    NtpHeader.originTimestamp(packet, 0, 7);
    NtpHeader.receiveTimestamp(packet, 0, 8);
    basic.answer(Requests.of(packet).receivedAt(NOW), GPS, NOW);
    assertThat(basic.isInterleaved()).isFalse();
    assertThat(basic.awaitedReceipt()).isZero();
    assertThat(receipt(packet)).isEqualTo(NtpTimestamp.bitsOfUnixNanos(NOW));
  }
}
