package org.timeball.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.platform.clock.UserClock;
import org.timeball.time.Leap;

/** Real sockets on the loopback device. */
@Timeout(60)
class UdpExchangeTest {
  private static final long NONCE = 0x7766_5544_3322_1100L;
  private static final long LONG_ENOUGH_NANOS = 20_000_000_000L;
  private static final long SHORT_NANOS = 50_000_000L;

  private final UserClock clock = UserClock.startingAtRealtime();

  private static byte[] request() {
    byte[] octets = new byte[NtpHeader.LENGTH];
    ByteBuffer packet = ByteBuffer.wrap(octets);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, NONCE);
    return octets;
  }

  private static byte[] replyTo(byte[] request) {
    ByteBuffer packet = ByteBuffer.wrap(request.clone());
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.SERVER);
    NtpHeader.originTimestamp(packet, 0, NtpHeader.transmitTimestamp(packet, 0));
    return packet.array();
  }

  /** A server that answers one request with several datagrams. */
  @SafeVarargs
  private static Thread answering(DatagramSocket server, UnaryOperator<byte[]>... answers) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            DatagramPacket asked = new DatagramPacket(new byte[48], 48);
            server.receive(asked);
            for (UnaryOperator<byte[]> answer : answers) {
              byte[] octets = answer.apply(asked.getData());
              server.send(new DatagramPacket(octets, octets.length, asked.getSocketAddress()));
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static InetSocketAddress addressOf(DatagramSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static DatagramSocket serverOn(String host) throws IOException {
    return new DatagramSocket(0, InetAddress.ofLiteral(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void tellsWhenTheKernelSentAndReceived(String host) throws Exception {
    try (DatagramSocket server = serverOn(host);
        UdpExchange exchange = UdpExchange.open(addressOf(server), clock)) {
      answering(server, UdpExchangeTest::replyTo);
      long before = clock.nowRawNanos();
      StampedReply reply = exchange.ask(request(), LONG_ENOUGH_NANOS).orElseThrow();
      long after = clock.nowRawNanos();

      assertThat(reply.sentStampedByKernel()).isTrue();
      assertThat(reply.receivedStampedByKernel()).isTrue();
      assertThat(reply.sentRawNanos()).isBetween(before, reply.receivedRawNanos());
      assertThat(reply.receivedRawNanos()).isLessThanOrEqualTo(after);
      assertThat(reply.receivedUnixNanos() - reply.sentUnixNanos())
          .as("both scales tell the same interval")
          .isCloseTo(reply.receivedRawNanos() - reply.sentRawNanos(), within(1_000_000L));
      assertThat(reply.packet()).isEqualTo(ByteBuffer.wrap(replyTo(request())));
    }
  }

  @Test
  void letsGoWhatIsNotTheReplyToItsQuestion() throws Exception {
    try (DatagramSocket server = serverOn("127.0.0.1");
        UdpExchange exchange = UdpExchange.open(addressOf(server), clock)) {
      answering(
          server,
          asked -> new byte[0],
          asked -> new byte[47],
          asked -> asked,
          asked -> {
            byte[] other = replyTo(asked);
            NtpHeader.originTimestamp(ByteBuffer.wrap(other), 0, NONCE + 1);
            return other;
          },
          UdpExchangeTest::replyTo);
      assertThat(exchange.ask(request(), LONG_ENOUGH_NANOS).orElseThrow().packet())
          .isEqualTo(ByteBuffer.wrap(replyTo(request())));
    }
  }

  @Test
  void comesBackEmptyWhenNobodyAnswers() throws Exception {
    try (DatagramSocket silent = serverOn("127.0.0.1");
        UdpExchange exchange = UdpExchange.open(addressOf(silent), clock)) {
      assertThat(exchange.ask(request(), SHORT_NANOS)).isEqualTo(Optional.empty());
    }
  }

  @Test
  void saysThatNothingListensThere() throws Exception {
    InetSocketAddress nobody;
    try (DatagramSocket gone = serverOn("127.0.0.1")) {
      nobody = addressOf(gone);
    }
    try (UdpExchange exchange = UdpExchange.open(nobody, clock)) {
      assertThatThrownBy(() -> exchange.ask(request(), LONG_ENOUGH_NANOS))
          .isInstanceOf(NetException.class)
          .hasMessageContaining("127.0.0.1:" + nobody.getPort())
          .hasMessageContaining("nothing listens on that port");
    }
  }

  @Test
  void asksAgainWithTheSamePortAndIsNotMisledByTheFirstStamp() throws Exception {
    try (DatagramSocket server = serverOn("127.0.0.1");
        UdpExchange exchange = UdpExchange.open(addressOf(server), clock)) {
      assertThat(exchange.ask(request(), SHORT_NANOS)).isEmpty();
      DatagramPacket unanswered = new DatagramPacket(new byte[48], 48);
      server.receive(unanswered);
      answering(server, UdpExchangeTest::replyTo);
      long before = clock.nowRawNanos();
      StampedReply reply = exchange.ask(request(), LONG_ENOUGH_NANOS).orElseThrow();
      assertThat(reply.sentRawNanos()).isGreaterThanOrEqualTo(before);
      assertThat(reply.sentStampedByKernel()).isTrue();
    }
  }
}
