package org.timeball.sim.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;

/** The other side of the socket, played by the book: one server, no delay but a constant one. */
class JoinedNodeTest {
  private static final long EPOCH = 1_800_000_000L;
  private static final double DELAY = 100e-6;
  private static final double END = 2000;

  private static final class Network implements RecordChannel {
    final Deque<byte[]> replies = new ArrayDeque<>();
    double now;
    double offset = 0.25;
    int requests;
    private ByteBuffer inFlight;

    private static ByteBuffer reply(int octets) {
      return ByteBuffer.allocate(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] octets(ByteBuffer buffer) {
      byte[] octets = new byte[buffer.capacity()];
      buffer.get(0, octets);
      return octets;
    }

    private void times(ByteBuffer reply) {
      reply.putDouble(now + offset).putDouble(now).putDouble(now).putDouble(now).putDouble(0);
    }

    @Override
    public void send(byte[] octets, int length) {
      ByteBuffer request = ByteBuffer.wrap(octets, 0, length).order(ByteOrder.LITTLE_ENDIAN);
      switch (request.getInt(0)) {
        case 1 -> replies.add(octets(reply(8).putInt(1).putInt(1)));
        case 2 -> {
          ByteBuffer reply = reply(40);
          times(reply);
          replies.add(octets(reply));
        }
        case 3 -> offset = request.getDouble(16) - now;
        case 4 -> {
          ByteBuffer reply = reply(216);
          reply.position(8);
          reply.put(octets, 16, 200);
          replies.add(octets(reply));
        }
        case 6 -> select(request.getDouble(8));
        case 7 -> {
          requests++;
          inFlight = reply(24 + 48);
          inFlight.putInt(1).putInt(0).putInt(0);
          inFlight.putInt(123).putInt(request.getInt(20)).putInt(48);
          ByteBuffer packet = ByteBuffer.allocate(48);
          NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.SERVER);
          NtpHeader.stratum(packet, 0, 1);
          long nonce = ByteBuffer.wrap(octets, 32, 48).getLong(32 + 40);
          NtpHeader.originTimestamp(packet, 0, nonce);
          long stamp =
              NtpTimestamp.bitsOfUnixNanos(
                  EPOCH * 1_000_000_000L + Math.round((now + DELAY) * 1e9));
          NtpHeader.receiveTimestamp(packet, 0, stamp);
          NtpHeader.transmitTimestamp(packet, 0, stamp);
          inFlight.put(octets(packet));
        }
        case 8 -> replies.add(octets(inFlight));
        case 11 -> {}
        default -> throw new AssertionError("request " + request.getInt(0));
      }
    }

    private void select(double timeout) {
      int ended = 0;
      if (now >= END) {
        ended = 3;
      } else if (inFlight != null && !delivered) {
        now += 2 * DELAY;
        ended = 1;
      } else {
        now += timeout;
      }
      delivered = ended == 1;
      if (ended == 0) {
        inFlight = null;
      }
      ByteBuffer reply = reply(64);
      reply.putInt(ended).position(24);
      times(reply);
      replies.add(octets(reply));
    }

    private boolean delivered;

    @Override
    public byte[] receive(int room) {
      return replies.remove();
    }
  }

  @Test
  void asksTheServerAndBringsItsClockToItsTime() {
    Network network = new Network();
    JoinedNode node = new JoinedNode(network, 2, EPOCH, List.of(new JoinedNode.Asked(1, 6, 6)));
    node.run();
    assertThat(network.requests).isBetween(30, 50);
    assertThat(network.offset).isBetween(-1e-6, 1e-6);
    assertThat(node.summary()).contains("1 steps");
  }
}
