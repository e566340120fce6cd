package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;

/** A client that tries the interleaved mode (RFC 9769, section 2). */
class InterleavedModeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_795_435_200L * SECOND;

  /** The way there, the server's work, what its clock reading is before the wire, the way back. */
  private static final long THERE = 1_000_000;

  private static final long WORK = 50_000;
  private static final long LATE = 30_000;
  private static final long BACK = 1_000_000;

  private final ClientAssociation client =
      new ClientAssociation(
          new AssociationSettings("ntp", 0, 0, 4, false, 0, false, true),
          new AssociationSeal(0, PacketKeys.NONE),
          Set.of(),
          0);
  private long second;
  private long nonce = 0x1234_5678_0000_0000L;
  private ByteBuffer request = ByteBuffer.allocate(0);

  private void poll() {
    request = ByteBuffer.wrap(client.poll(++second * SECOND, ++nonce));
  }

  private long bits(long atSecond, long nanos) {
    return NtpTimestamp.bitsOfUnixNanos(NOW + atSecond * SECOND + nanos);
  }

  private Reception receive(long origin, long transmit) {
    return receive(origin, bits(second, THERE), transmit);
  }

  private Reception receive(long origin, long receive, long transmit) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.SERVER);
    NtpHeader.stratum(packet, 0, 1);
    NtpHeader.precisionExponent(packet, 0, -23);
    NtpHeader.originTimestamp(packet, 0, origin);
    NtpHeader.receiveTimestamp(packet, 0, receive);
    NtpHeader.transmitTimestamp(packet, 0, transmit);
    long arrival = second * SECOND + THERE + WORK + LATE + BACK;
    return client.receive(packet, NtpHeader.LENGTH, arrival, NOW);
  }

  private Reception basic() {
    return receive(NtpHeader.transmitTimestamp(request, 0), bits(second, THERE + WORK));
  }

  private Reception interleaved() {
    return receive(NtpHeader.receiveTimestamp(request, 0), bits(second - 1, THERE + WORK + LATE));
  }

  @Test
  void asksAtFirstLikeEveryClientAndThenShowsTheReceiptOfTheReply() {
    poll();
    assertThat(NtpHeader.originTimestamp(request, 0)).isZero();
    assertThat(NtpHeader.receiveTimestamp(request, 0)).isZero();
    basic();
    poll();
    assertThat(NtpHeader.originTimestamp(request, 0)).isEqualTo(bits(1, THERE));
    assertThat(NtpHeader.receiveTimestamp(request, 0))
        .isNotZero()
        .isNotEqualTo(NtpHeader.transmitTimestamp(request, 0));
  }

  @Test
  void completesTheExchangeBeforeWithTheMomentAtWhichItsReplyLeft() {
    poll();
    basic();
    poll();
    basic();
    poll();
    Reception.Exchange exchange = (Reception.Exchange) interleaved();

    assertThat(exchange.t1RawNanos()).isEqualTo(2 * SECOND);
    assertThat(exchange.t2UnixNanos()).isEqualTo(NOW + 2 * SECOND + THERE);
    assertThat(exchange.t3UnixNanos()).isEqualTo(NOW + 2 * SECOND + THERE + WORK + LATE);
    assertThat(exchange.delay())
        .as("the wait before the wire is no part of the way")
        .isCloseTo((THERE + BACK) * 1e-9, org.assertj.core.data.Offset.offset(2e-9));
    assertThat(client.interleavedReplies()).isEqualTo(1);
  }

  @Test
  void believesAServerThatDoesNotFollowAsEver() {
    for (int i = 0; i < 5; i++) {
      poll();
      Reception.Exchange exchange = (Reception.Exchange) basic();
      assertThat(exchange.t1RawNanos()).isEqualTo(second * SECOND);
    }
    assertThat(client.interleavedReplies()).isZero();
  }

  @Test
  void asksAnewInTheBasicModeWhenSeveralRepliesWereLost() {
    poll();
    basic();
    int shown = 0;
    poll();
    while (NtpHeader.originTimestamp(request, 0) != 0) {
      shown++;
      poll();
    }
    assertThat(shown).isEqualTo(4);
  }

  @Test
  void dropsAnInterleavedReplyThatItDidNotAskFor() {
    poll();
    assertThat(receive(~nonce, bits(0, 0))).isEqualTo(new Reception.Dropped(PacketTest.BOGUS));
  }

  @ParameterizedTest
  @ValueSource(longs = {-SECOND, 4 * SECOND})
  void dropsAReplyWhoseForerunnerCannotHaveLeftThen(long wrong) {
    poll();
    basic();
    poll();
    assertThat(receive(~nonce, bits(1, THERE + wrong)))
        .isEqualTo(new Reception.Dropped(PacketTest.INVALID));
  }

  @Test
  void dropsACopyOfAnInterleavedReply() {
    poll();
    basic();
    poll();
    interleaved();
    assertThat(interleaved()).isEqualTo(new Reception.Dropped(PacketTest.DUPLICATE));
  }

  @Test
  void doesNotCompleteAnExchangeFromBeforeADisturbance() {
    poll();
    basic();
    client.forgetExchange();
    poll();
    assertThat(NtpHeader.originTimestamp(request, 0)).isZero();
  }
}
