package org.timeball.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.ServerState;
import org.timeball.core.keys.KeyFile;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.crypto.KeyRing;
import org.timeball.platform.clock.UserClock;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.Drivers;
import org.timeball.server.report.DaemonReport;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** Who is answered on real sockets, by what the configuration says. */
@Timeout(60)
class ListenerPolicyTest {
  private static final int VERSION = 4;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int NAK_LENGTH = NtpHeader.LENGTH + MessageCode.KEY_ID_LENGTH;
  private static final String KEYS =
      """
      10 SHA256 HEX:00112233445566778899aabbccddeeff
      11 AES128 HEX:ffeeddccbbaa99887766554433221100
      """;

  @TempDir private Path folder;
  private final ConfigurationFile reader =
      new ConfigurationFile(new Drivers(List.of()), LocalDate.of(2026, 11, 23));
  private final UserClock clock = UserClock.startingAtRealtime();
  private final Listeners listeners =
      new Listeners(
          new AtomicReference<>(ServerState.unsynchronized(-20)), clock, Optional.empty());
  private int port;
  private int otherPort;

  @BeforeEach
  void findPorts() throws IOException {
    port = freePort();
    otherPort = freePort();
    Path keys = Files.writeString(folder.resolve("keys"), KEYS);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void end() {
    listeners.close();
    clock.close();
  }

  private static int freePort() throws IOException {
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private void configure(String text) throws Exception {
    Configuration configuration =
        reader.parse(
            "t",
            "[keys]\nfile = '%s'\n".formatted(folder.resolve("keys"))
                + text.replace("%PORT%", Integer.toString(port))
                    .replace("%OTHER%", Integer.toString(otherPort)));
    listeners.listenOn(configuration.listeners(), configuration.keys());
  }

  private static byte[] request() {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, VERSION, Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, 77);
    return packet.array();
  }

  private static byte[] sealed(int keyId) {
    PacketKey key = new KeyRing(KeyFile.parse(KEYS).keys()).find(keyId);
    byte[] octets = Arrays.copyOf(request(), NtpHeader.LENGTH + MessageCode.length(key, VERSION));
    MessageCode.write(ByteBuffer.wrap(octets), 0, NtpHeader.LENGTH, keyId, key);
    return octets;
  }

  private static DatagramSocket client(String address) throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void send(DatagramSocket client, int to, byte[] packet) throws IOException {
    client.send(
        new DatagramPacket(
            packet, packet.length, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), to)));
  }

  private static ByteBuffer ask(String from, int to, byte[] packet) throws IOException {
    try (DatagramSocket client = client(from)) {
      send(client, to, packet);
      DatagramPacket reply = new DatagramPacket(new byte[512], 512);
      client.receive(reply);
      return ByteBuffer.wrap(Arrays.copyOf(reply.getData(), reply.getLength()));
    }
  }

  private static String kissCode(ByteBuffer reply) {
    return NtpHeader.stratum(reply, 0) == 0
        ? new ReferenceId(NtpHeader.referenceId(reply, 0)).text()
        : "";
  }

  private Map<String, Long> outcomes(String listener) {
    return listeners.report().stream()
        .filter(one -> one.name().equals(listener))
        .map(DaemonReport.Listener::outcomes)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachListenerAnswersByItsOwnList() throws Exception {
    configure(
        """
        [[access]]
        name = 'few'
        allow = '127.0.0.5'
        otherwise = 'deny'
        [[listen]]
        name = 'one'
        address = '127.0.0.1'
        port = %PORT%
        access = 'few'
        [[listen]]
        name = 'two'
        address = '127.0.0.1'
        port = %OTHER%
        """);
    try (DatagramSocket stranger = client("127.0.0.6")) {
      send(stranger, port, request());
      assertThat(ask("127.0.0.5", port, request()).capacity()).isEqualTo(NtpHeader.LENGTH);
    }
    assertThat(ask("127.0.0.6", otherPort, request()).capacity()).isEqualTo(NtpHeader.LENGTH);

    assertThat(outcomes("one")).containsEntry("access denied", 1L).containsEntry("answered", 1L);
    assertThat(outcomes("two")).containsEntry("access denied", 0L).containsEntry("answered", 1L);
  }

  @Test
  void aListThatIsChangedHoldsAtOnceAndForgetsNobody() throws Exception {
    String limited =
        """
        [[access]]
        name = 'default'
        limit = '127.0.0.0/8'
        otherwise = 'deny'
        interval = '1 h'
        burst = 1
        kiss-interval = '1 h'
        kisses-per-second = 10000
        [[listen]]
        name = 'one'
        address = '127.0.0.1'
        port = %PORT%
        """;
    configure(limited);
    assertThat(kissCode(ask("127.0.0.5", port, request()))).isNotEqualTo("RATE");
    assertThat(kissCode(ask("127.0.0.5", port, request()))).isEqualTo("RATE");

    configure(limited.replace("'deny'", "'deny'\ndeny = '127.0.0.7'\nrefusal = 'deny'"));

    try (DatagramSocket eager = client("127.0.0.5")) {
      send(eager, port, request());
      assertThat(kissCode(ask("127.0.0.7", port, request()))).isEqualTo("DENY");
    }
    assertThat(outcomes("one"))
        .as("one socket all the time, and one memory")
        .containsEntry("answered", 1L)
        .containsEntry("kissed rate", 1L)
        .containsEntry("rate exceeded", 1L)
        .containsEntry("kissed denied", 1L);
  }

  @Test
  void eachListenerAcceptsItsOwnKeys() throws Exception {
    String keyed =
        """
        [[listen]]
        name = 'one'
        address = '127.0.0.1'
        port = %PORT%
        keys = 10
        [[listen]]
        name = 'two'
        address = '127.0.0.1'
        port = %OTHER%
        """;
    configure(keyed);
    int length = sealed(10).length;
    assertThat(ask("127.0.0.1", port, sealed(10)).capacity()).isEqualTo(length);
    assertThat(ask("127.0.0.1", port, sealed(11)).capacity()).isEqualTo(NAK_LENGTH);
    assertThat(ask("127.0.0.1", otherPort, sealed(11)).capacity()).isGreaterThan(NAK_LENGTH);

    configure(keyed.replace("keys = 10", "keys = [11]"));

    assertThat(ask("127.0.0.1", port, sealed(10)).capacity()).isEqualTo(NAK_LENGTH);
    assertThat(ask("127.0.0.1", port, sealed(11)).capacity()).isGreaterThan(NAK_LENGTH);
    assertThat(outcomes("one")).containsEntry("answered", 2L).containsEntry("crypto nak", 2L);
  }
}
