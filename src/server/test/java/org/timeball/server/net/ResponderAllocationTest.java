package org.timeball.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.timeball.core.LeapSecond;
import org.timeball.core.NearLeap;
import org.timeball.core.ServerState;
import org.timeball.core.leap.Smear;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.Passive;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.net.UdpSettings;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

@Timeout(120)
class ResponderAllocationTest {
  private static final int WINDOW = 8;
  private static final int ROUND = 40_000;

  /** While the compiler is not done with the loop, calls into C make objects. */
  private static final int MOST_ROUNDS = 60;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ByteBuffer request = ByteBuffer.allocateDirect(NtpHeader.LENGTH);
  private final ByteBuffer reply = ByteBuffer.allocateDirect(2 * NtpHeader.LENGTH);

  private static ServerState beforeALeapSecond(UserClock clock) {
    long now = clock.nowUnixNanos();
    long midnight = Math.ceilDiv(now, 86_400_000_000_000L) * 86_400;
    return new ServerState(
        Leap.INSERT,
        1,
        -20,
        0,
        1e-6,
        15e-6,
        now,
        ReferenceId.ofText("GPS"),
        now,
        Optional.of(new NearLeap(new LeapSecond(Leap.INSERT, midnight), clock.nowRawNanos(), now)));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,false,false",
    "0.0.0.0,false,false",
    "::,false,false",
    "127.0.0.1,true,false",
    "127.0.0.1,false,true"
  })
  void allocatesNothingForARequest(String host, boolean interleaved, boolean smeared)
      throws Exception {
    UdpSettings socket = UdpSettings.of(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
    NtpHeader.leapVersionMode(request, 0, Leap.NONE, 4, Mode.CLIENT);
    try (UserClock clock = UserClock.startingAtRealtime();
        ResponderThread responder =
            ResponderThread.open(
                new ListenerSettings(
                    "test",
                    socket,
                    false,
                    true,
                    Passive.OFF,
                    smeared
                        ? Optional.of(new Smear(Smear.Shape.COSINE, 86_400))
                        : Optional.empty()),
                new AtomicReference<>(beforeALeapSecond(clock)),
                clock,
                new ListenerKeys(List.of()),
                Optional.empty(),
                List.of());
        DatagramChannel client = DatagramChannel.open()) {
      responder.start();
      String server = host.equals("::") ? "::1" : "127.0.0.1";
      client.connect(
          new InetSocketAddress(InetAddress.ofLiteral(server), responder.local().getPort()));

      long allocated = Long.MAX_VALUE;
      int rounds = 0;
      while (allocated > 0 && rounds < MOST_ROUNDS) {
        long before = threads.getThreadAllocatedBytes(responder.threadId());
        exchange(client, ROUND, interleaved);
        rounds++;
        allocated = threads.getThreadAllocatedBytes(responder.threadId()) - before;
      }

      assertThat(allocated).as("octets for the last %d requests", ROUND).isZero();
      assertThat(responder.counters().count(Outcome.ANSWERED)).isEqualTo((long) rounds * ROUND);
      assertThat(responder.counters().interleaved() > 0).isEqualTo(interleaved);
    }
  }

  /** A window at a time, so that batches of several are seen too. */
  private void exchange(DatagramChannel client, int count, boolean interleaved) throws Exception {
    for (int done = 0; done < count; done += WINDOW) {
      for (int i = 0; i < WINDOW; i++) {
        if (interleaved) {
          NtpHeader.originTimestamp(request, 0, NtpHeader.receiveTimestamp(reply, 0));
          NtpHeader.receiveTimestamp(request, 0, 1);
        }
        client.write(request.clear());
      }
      for (int i = 0; i < WINDOW; i++) {
        client.read(reply.clear());
        assertThat(reply.position()).isEqualTo(NtpHeader.LENGTH);
      }
    }
  }
}
