package org.timeball.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.nts.client.NtsStatus;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.service.ServiceManager;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.Drivers;
import org.timeball.server.nts.CertificateFiles;

/** One daemon asks another with Network Time Security, over the loopback device. */
@Timeout(120)
class NtsClientTest {
  private static final Build BUILD = new Build("test", LocalDate.of(2026, 11, 23));
  private static final Random RANDOM = new Random(1);
  private static final int NOBODY = 9;

  @TempDir private Path folder;
  private final ConfigurationFile reader =
      new ConfigurationFile(new Drivers(List.of()), BUILD.date());
  private final int timePort = freeUdpPort();
  private final int keyPort = freeTcpPort();
  private CertificateFiles certificates;
  private Daemon server;
  private Daemon client;

  @BeforeEach
  void start() throws Exception {
    certificates = certificates("ours");
    server =
        daemon(
            "server",
            """
            [[listen]]
            name = "here"
            address = "127.0.0.1"
            port = %d
            [nts]
            certificate = "%s"
            private-key = "%s"
            address = "127.0.0.1"
            port = %d
            """
                .formatted(timePort, certificates.server(), certificates.serverKey(), keyPort));
  }

  @AfterEach
  void end() {
    server.close();
    if (client != null) {
      client.close();
    }
  }

  private CertificateFiles certificates(String name) throws IOException {
    CertificateFiles files = CertificateFiles.in(folder.resolve(name));
    files.make(List.of("localhost"), Instant.parse("2026-11-24T00:00:00Z"), RANDOM::nextBytes);
    return files;
  }

  private Daemon daemon(String name, String text) throws Exception {
    HostClock clock = UserClock.startingAtRealtime();
    Configuration configuration = reader.parse(name, "[clock]\nsteer = \"user\"\n" + text);
    Path directory = Files.createDirectories(folder.resolve(name));
    return Daemon.start(
        configuration,
        new Surroundings(
            BUILD,
            clock,
            new SystemDevices(clock),
            directory,
            directory,
            () -> configuration,
            ServiceManager.of(Map.of())));
  }

  /** A client whose source has the wrong port, so that only the one that is negotiated is right. */
  private void startClient(CertificateFiles believed, String... more) throws Exception {
    client =
        daemon(
            "client",
            """
            [[listen]]
            name = "there"
            address = "127.0.0.1"
            port = %d
            [[source]]
            name = "ntp"
            address = "localhost"
            port = %d
            nts = true
            nts-port = %d
            nts-ca = "%s"
            """
                    .formatted(freeUdpPort(), NOBODY, keyPort, believed.authority())
                + String.join("\n", more));
  }

  private NtsStatus see(Predicate<NtsStatus> wanted) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      NtsStatus seen = client.report().time().servers().getFirst().nts().orElseThrow();
      if (wanted.test(seen) || never.await(50, TimeUnit.MILLISECONDS)) {
        return seen;
      }
    }
  }

  @Test
  void fetchesKeysAsksAtThePortItIsToldAndGoesOnAfterARestart() throws Exception {
    startClient(certificates);
    NtsStatus first = see(nts -> nts.authentic() > 0);

    assertThat(first.timeServer()).isEqualTo("127.0.0.1 port " + timePort);
    assertThat(first.attempts()).isEqualTo(1);
    assertThat(first.cookies()).isGreaterThanOrEqualTo(6);
    client.close();
    Path kept = folder.resolve("client/nts-cookies");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");

    startClient(certificates);
    NtsStatus second = see(nts -> nts.authentic() > 0);
    assertThat(second.attempts()).isZero();
  }

  /** The certificate has the name of the pool, and not the address of the member. */
  @Test
  void asksAMemberOfAPoolForKeysOfItsOwn() throws Exception {
    startClient(certificates, "type = \"pool\"", "count = 1");
    CountDownLatch never = new CountDownLatch(1);
    while (client.report().time().servers().isEmpty()) {
      assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
    NtsStatus member = see(nts -> nts.authentic() > 0);

    assertThat(client.report().time().servers().getFirst().name()).isEqualTo("ntp#1");
    assertThat(member.keyServer()).isEqualTo("localhost:" + keyPort + " at 127.0.0.1");
    assertThat(member.timeServer()).isEqualTo("127.0.0.1 port " + timePort);
  }

  @Test
  void saysWhyAnotherAuthorityIsNotBelieved() throws Exception {
    startClient(certificates("others"));
    see(nts -> !nts.trouble().isEmpty());

    assertThat(client.report().time().why())
        .anyMatch(w -> w.contains("no NTS keys from localhost") && w.contains("none of the auth"));
    assertThat(client.report().time().servers().getFirst().asked()).isZero();
  }

  private static int freeUdpPort() {
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError("no free UDP port", e);
    }
  }

  private static int freeTcpPort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError("no free TCP port", e);
    }
  }
}
