package org.timeball.server.nts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.server.nts.OtherTls.Hello;

/** Those who connect and do not come to the point: silent, slow, and in great number. */
@Timeout(240)
class KeyCrowdTest {
  private static final String USUAL = "80010002000080040002000f80000000";

  /** The beginning of a handshake record of 16 000 octets that never becomes whole. */
  private static final byte[] RECORD = {22, 3, 3, 0x3E, (byte) 0x80};

  private static final int OF_ONE_ADDRESS = 25;
  private static final int ADDRESSES = 24;
  private static final int MOST_IN_ALL = 512;
  private static final int PATIENT = 200;

  @TempDir private Path directory;

  /** CVE-2024-38528 was a server that stopped for all when many connections were left open. */
  @Test
  void servesANewcomerAtOnceWhileSixHundredConnectionsAreLeftSilent() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (NtsService service = KeyServices.start(directory, PATIENT)) {
      int port = service.ports().getFirst();
      exchange(port);
      int threads = Thread.getAllStackTraces().size();
      for (int i = 0; i < OF_ONE_ADDRESS * ADDRESSES; i++) {
        InetAddress from = InetAddress.getByName("127.0.1." + (1 + i % ADDRESSES));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
        silent.add(socket);
        if (i % 2 == 0) {
          socket.getOutputStream().write(RECORD);
        }
      }
      exchange(port);

      assertThat(service.report().granted()).isEqualTo(2);
      assertThat(service.report().crowdedOut())
          .isGreaterThanOrEqualTo(OF_ONE_ADDRESS * ADDRESSES - MOST_IN_ALL);
      assertThat(Thread.getAllStackTraces()).hasSizeLessThanOrEqualTo(threads + 2);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void endsAConnectionAtItsDeadlineHoweverSlowlyItGoesOn() throws Exception {
    try (NtsService service = KeyServices.start(directory, 1);
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), service.ports().getFirst())) {
      slow.setSoTimeout(100);
      slow.getOutputStream().write(RECORD);

      assertThat(endsWhileSending(slow)).isTrue();
    }
  }

  /** Sends an octet every tenth of a second for as long as somebody listens. */
  private static boolean endsWhileSending(Socket socket) {
    while (true) {
      try {
        socket.getOutputStream().write(0);
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException e) {
        assertThat(e).as("it is still open, and gets the next octet").isNotNull();
      } catch (IOException e) {
        return true;
      }
    }
  }

  private static void exchange(int port) throws IOException {
    try (OtherTls peer = new OtherTls(port, Hello.USUAL)) {
      assertThat(peer.refusal()).isEmpty();
      peer.send(USUAL);
      assertThat(peer.answer()).startsWith("80010002000080040002000f0005");
    }
  }
}
