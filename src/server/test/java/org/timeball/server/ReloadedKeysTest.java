package org.timeball.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.keys.KeyFile;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.crypto.KeyRing;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.service.ServiceManager;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.Drivers;
import org.timeball.server.control.ControlClient;
import org.timeball.time.Leap;

/** A whole daemon whose key file gets another secret while everything uses it. */
@Timeout(60)
class ReloadedKeysTest {
  private static final String BEFORE = "7 SHA1 HEX:0102030405060708\n";
  private static final String AFTER = "7 SHA1 HEX:1112131415161718\n";
  private static final InetAddress GROUP = InetAddress.ofLiteral("239.255.77.7");

  /** What has sockets of its own at a listener's port. */
  private static final Set<String> THREADS =
      Set.of("peer-other", "from-peer-other", "peer-all", "group-lan", "manycast-search");

  @TempDir private Path folder;
  private DatagramSocket peer;
  private int port;
  private Daemon daemon;

  @BeforeEach
  void start() throws Exception {
    peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    writeKeys(BEFORE);
    Path file =
        Files.writeString(
            folder.resolve("timeball.toml"),
            """
            [clock]
            steer = "user"
            [local]
            stratum = 6
            wait = "0 s"
            [keys]
            file = "%s"
            [[listen]]
            name = "here"
            address = "127.0.0.1"
            port = %d
            [[source]]
            name = "other"
            type = "peer"
            address = "127.0.0.1"
            port = %d
            key = 7
            min-poll = -4
            max-poll = -4
            [[source]]
            name = "lan"
            type = "broadcast"
            address = "127.255.255.255"
            device = "lo"
            port = %2$d
            key = 7
            [[broadcast]]
            name = "all"
            address = "127.255.255.255"
            device = "lo"
            key = 7
            [[manycast]]
            name = "search"
            address = "%s"
            device = "lo"
            """
                .formatted(
                    folder.resolve("keys"), port, peer.getLocalPort(), GROUP.getHostAddress()));
    ConfigurationFile reader =
        new ConfigurationFile(new Drivers(List.of()), LocalDate.of(2026, 11, 23));
    HostClock clock = UserClock.startingAtRealtime();
    daemon =
        Daemon.start(
            reader.read(file),
            new Surroundings(
                new Build("test", LocalDate.of(2026, 11, 23)),
                clock,
                new SystemDevices(clock),
                folder,
                folder,
                () -> reader.read(file),
                ServiceManager.of(Map.of()),
                name -> List.of(InetAddress.ofLiteral(name)),
                Urgency.none()));
  }

  @AfterEach
  void end() {
    daemon.close();
    peer.close();
  }

  private void writeKeys(String text) throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), text);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
  }

  private static PacketKey key(String text) {
    return new KeyRing(KeyFile.parse(text).keys()).find(7);
  }

  /** Waits for a packet that is sealed with this key. */
  private void awaitPacketOfPeer(PacketKey key) throws IOException {
    DatagramPacket came = new DatagramPacket(new byte[100], 100);
    do {
      peer.receive(came);
    } while (!MessageCode.verify(
        ByteBuffer.wrap(came.getData()),
        0,
        NtpHeader.LENGTH,
        came.getLength() - NtpHeader.LENGTH,
        key));
  }

  /** Searches in the group until there is an answer. */
  private void search(PacketKey key) throws IOException {
    byte[] request = new byte[NtpHeader.LENGTH + MessageCode.length(key, 4)];
    NtpHeader.leapVersionMode(ByteBuffer.wrap(request), 0, Leap.NONE, 4, Mode.CLIENT);
    MessageCode.write(ByteBuffer.wrap(request), 0, NtpHeader.LENGTH, 7, key);
    try (MulticastSocket client =
        new MulticastSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      client.setNetworkInterface(NetworkInterface.getByName("lo"));
      client.setSoTimeout(100);
      boolean answered = false;
      while (!answered) {
        client.send(new DatagramPacket(request, request.length, GROUP, port));
        answered = answered(client);
      }
    }
  }

  private static boolean answered(DatagramSocket client) throws IOException {
    try {
      client.receive(new DatagramPacket(new byte[100], 100));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> THREADS.contains(thread.getName()))
        .collect(Collectors.toSet());
  }

  @Test
  void allUseTheNewKeyAndNothingIsOpenedAnew() throws Exception {
    awaitPacketOfPeer(key(BEFORE));
    search(key(BEFORE));
    Set<Thread> before = threads();
    assertThat(before).hasSameSizeAs(THREADS);

    writeKeys(AFTER);
    assertThat(ControlClient.ask(folder, "reload").text()).doesNotContain("nothing");

    awaitPacketOfPeer(key(AFTER));
    search(key(AFTER));
    assertThat(threads()).isEqualTo(before);
  }
}
