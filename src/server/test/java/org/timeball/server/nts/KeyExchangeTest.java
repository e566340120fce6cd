package org.timeball.server.nts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.KeyGrant;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.ValidityPeriod;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.crypto.Aeads;
import org.timeball.crypto.Hkdf;
import org.timeball.crypto.certificate.Issued;
import org.timeball.crypto.certificate.PrivateAuthority;
import org.timeball.server.nts.client.KeyExchange;
import org.timeball.server.nts.client.KeyExchangeFailure;
import org.timeball.server.nts.client.KeyServer;
import org.timeball.server.nts.client.Step;

/** Our client fetches keys of our server, and of servers that it must refuse. */
@Timeout(120)
class KeyExchangeTest {
  private static final Random RANDOM = new Random(1);
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);
  private static final RoughTime KNOWN =
      RoughTime.known(nanos(NOW), 1, "it is " + ValidityPeriod.day(nanos(NOW)));

  /** A board without a battery: only the day of the build is known. */
  private static final RoughTime HARDLY_KNOWN =
      new RoughTime(
          nanos(NOW.minus(YEAR)), nanos(NOW.plus(YEAR.multipliedBy(20))), false, "built then");

  @TempDir private Path directory;
  private final PrivateAuthority authority = authority("Good");
  private final List<Step> steps = new ArrayList<>();
  private NtsService service;

  @BeforeEach
  void writeTheAuthority() throws IOException {
    Files.writeString(directory.resolve("ca.pem"), authority.issued().certificate());
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  private static PrivateAuthority authority(String name) {
    return PrivateAuthority.create(
        name, NOW.minus(YEAR.multipliedBy(30)), NOW.plus(YEAR.multipliedBy(30)), serial());
  }

  private static byte[] serial() {
    byte[] serial = new byte[16];
    RANDOM.nextBytes(serial);
    serial[0] = 0x40;
    return serial;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L;
  }

  private static Issued issue(PrivateAuthority issuer, String name, Instant from, Instant until) {
    return issuer.issue(List.of(name), from, until, serial());
  }

  private Issued good() {
    return issue(authority, "localhost", NOW.minus(YEAR), NOW.plus(YEAR));
  }

  private int serve(Issued certificate, int ntpPort, Optional<String> ntpServer) throws Exception {
    Files.writeString(directory.resolve("server.pem"), certificate.certificate());
    PrivateFile.write(directory.resolve("server-key.pem"), certificate.privateKey(), "rw-------");
    service =
        new NtsService(
            new NtsPlaces(
                directory.resolve("server.pem"),
                directory.resolve("server-key.pem"),
                directory.resolve("cookie-keys"),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                ntpServer,
                ntpPort),
            () -> nanos(NOW),
            RANDOM::nextBytes,
            60);
    service.start();
    return service.ports().getFirst();
  }

  private KeyGrant fetch(int port, RoughTime present) throws KeyExchangeFailure {
    return new KeyExchange(
            new KeyServer("localhost", port, Optional.of(directory.resolve("ca.pem")), 123),
            present,
            () -> 0,
            steps::add)
        .fetch();
  }

  private void refuses(Issued certificate, RoughTime present, String... words) throws Exception {
    int port = serve(certificate, 123, Optional.empty());
    assertThatThrownBy(() -> fetch(port, present))
        .isInstanceOf(KeyExchangeFailure.class)
        .message()
        .contains(words);
    assertThat(service.report().granted()).isZero();
  }

  @Test
  void getsCookiesThatHoldTheKeysOfTheConnection() throws Exception {
    KeyGrant grant = fetch(serve(good(), 123, Optional.empty()), KNOWN);

    assertThat(grant.cookies()).hasSize(8);
    assertThat(grant.host()).isEqualTo("127.0.0.1");
    assertThat(grant.port()).isEqualTo(123);
    byte[] keys = new byte[CookieSealer.LONGEST_KEYS];
    byte[] cookie = grant.cookies().getFirst();
    CookieKeyRing ring =
        CookieKeyRing.at(
            CookieSecrets.parse(Files.readString(directory.resolve("cookie-keys"))),
            NOW.getEpochSecond(),
            new Hkdf());
    AeadAlgorithm algorithm =
        new CookieSealer(
                Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
                Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
                RANDOM::nextBytes)
            .open(ring, cookie, 0, cookie.length, keys);
    assertThat(algorithm).isEqualTo(grant.keys().algorithm());
    assertThat(keys).startsWith(grant.keys().both());
    assertThat(steps)
        .extracting(Step::what)
        .containsExactly(
            "address", "connection", "TLS", "certificate", "validity", "ALPN", "request", "answer");
  }

  @Test
  void asksForTheTimeWhereTheServerSays() throws Exception {
    KeyGrant grant = fetch(serve(good(), 4123, Optional.of("192.0.2.7")), KNOWN);

    assertThat(grant.host()).isEqualTo("192.0.2.7");
    assertThat(grant.port()).isEqualTo(4123);
  }

  @Test
  void refusesACertificateThatHasExpired() throws Exception {
    Instant expiry = Instant.parse("2021-01-01T00:00:00Z");
    refuses(
        issue(authority, "localhost", expiry.minus(YEAR), expiry),
        KNOWN,
        "expired on 2021-01-01",
        "it is 2026-11-26");
  }

  @Test
  void refusesACertificateThatExpiredBeforeTheBuildThoughTheTimeIsHardlyKnown() throws Exception {
    refuses(
        issue(authority, "localhost", NOW.minus(YEAR.multipliedBy(3)), NOW.minus(YEAR.plusDays(1))),
        HARDLY_KNOWN,
        "expired on");
  }

  @Test
  void refusesACertificateThatIsNotValidYet() throws Exception {
    refuses(
        issue(authority, "localhost", NOW.plus(YEAR), NOW.plus(YEAR.multipliedBy(2))),
        KNOWN,
        "is valid from 2027-11-26 only");
  }

  @Test
  void takesWhatMayBeValidWhileTheTimeIsHardlyKnown() throws Exception {
    int port =
        serve(
            issue(authority, "localhost", NOW.plus(YEAR), NOW.plus(YEAR.multipliedBy(2))),
            123,
            Optional.empty());

    assertThat(fetch(port, HARDLY_KNOWN).certificate())
        .isEqualTo(
            new ValidityPeriod(nanos(NOW.plus(YEAR)), nanos(NOW.plus(YEAR.multipliedBy(2)))));
  }

  @Test
  void refusesACertificateForAnotherName() throws Exception {
    refuses(
        issue(authority, "other.example", NOW.minus(YEAR), NOW.plus(YEAR)),
        KNOWN,
        "is for other.example, and not for localhost");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws Exception {
    refuses(
        issue(authority("Evil"), "localhost", NOW.minus(YEAR), NOW.plus(YEAR)),
        KNOWN,
        "issued by 'CN=Evil'",
        "none of the authorities of",
        "ca.pem");
  }

  @Test
  void refusesACertificateThatIsSignedByItself() throws Exception {
    refuses(authority("Self").issued(), KNOWN, "signed by itself");
  }

  @Test
  void saysThatNothingListens() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThatThrownBy(() -> fetch(port, KNOWN)).hasMessageContaining("nothing listens there");
  }

  @Test
  void saysThatAnotherProtocolIsSpokenThere() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              socket
                  .getOutputStream()
                  .write("SSH-2.0-OpenSSH\r\n".repeat(8).getBytes(StandardCharsets.US_ASCII));
              socket.getInputStream().readAllBytes();
            } catch (IOException e) {
              // The client has gone, as it should.
            }
          });
      assertThatThrownBy(() -> fetch(server.getLocalPort(), KNOWN))
          .hasMessageContaining("TLS 1.3 and NTS key establishment");
    }
  }

  @Test
  void waitsForASilentServerNoLongerThanItsDeadline() throws Exception {
    AtomicLong rawNanos = new AtomicLong();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      KeyExchange exchange =
          new KeyExchange(
              new KeyServer(
                  "localhost",
                  server.getLocalPort(),
                  Optional.of(directory.resolve("ca.pem")),
                  123),
              KNOWN,
              () -> rawNanos.getAndAdd(6_000_000_000L),
              steps::add);
      assertThatThrownBy(exchange::fetch).hasMessageContaining("no answer in time");
    }
  }

  @Test
  void saysThatTheFileOfAuthoritiesIsMissing() throws Exception {
    int port = serve(good(), 123, Optional.empty());
    Files.delete(directory.resolve("ca.pem"));
    assertThatThrownBy(() -> fetch(port, KNOWN))
        .hasMessageContaining("ca.pem")
        .hasMessageContaining("no such file");
  }
}
