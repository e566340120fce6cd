package org.timeball.server.nts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.core.nts.ke.ExporterContext;
import org.timeball.core.nts.ke.KeClient;
import org.timeball.core.nts.ke.KeResult;
import org.timeball.crypto.Aeads;
import org.timeball.crypto.Hkdf;
import org.timeball.crypto.certificate.Pem;

class NtsServiceTest {
  private static final String REQUEST = "80010002000080040002000f80000000";
  private static final Random RANDOM = new Random(1);

  @TempDir private Path directory;

  private CertificateFiles files;
  private X509Certificate authority;
  private NtsService service;
  private long unixNanos;

  @BeforeEach
  void start() throws Exception {
    files = CertificateFiles.in(directory);
    Instant now =
        Instant.ofEpochMilli(
            ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli());
    unixNanos = now.getEpochSecond() * 1_000_000_000L;
    files.make(List.of("localhost", "127.0.0.1"), now, RANDOM::nextBytes);
    authority = Pem.certificates(Files.readString(files.authority())).getFirst();
    service = service(123);
    service.start();
  }

  private NtsService service(int ntpPort) {
    return new NtsService(
        new NtsPlaces(
            files.server(),
            files.serverKey(),
            directory.resolve("cookie-keys"),
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            Optional.empty(),
            ntpPort),
        () -> unixNanos,
        RANDOM::nextBytes,
        60);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void givesEightCookiesThatHoldTheKeysOfTheConnection() throws Exception {
    try (SSLSocket socket = connect("ntske/1")) {
      KeResult.Granted granted = granted(KeyClient.exchange(socket, REQUEST));
      ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();

      assertThat(granted.cookies()).hasSize(8);
      byte[] keys = new byte[CookieSealer.LONGEST_KEYS];
      AeadAlgorithm algorithm = open(granted.cookies().getFirst(), keys);
      assertThat(algorithm).isEqualTo(AeadAlgorithm.AES_SIV_CMAC_256);
      assertThat(HexFormat.of().formatHex(keys, 0, 64))
          .isEqualTo(
              HexFormat.of()
                      .formatHex(
                          session.exportKeyingMaterialData(
                              ExporterContext.LABEL, ExporterContext.clientToServer(algorithm), 32))
                  + HexFormat.of()
                      .formatHex(
                          session.exportKeyingMaterialData(
                              ExporterContext.LABEL,
                              ExporterContext.serverToClient(algorithm),
                              32)));
    }
  }

  @Test
  void tellsThePortWhenItIsNotTheUsualOne() throws Exception {
    service.close();
    service = service(4123);
    service.start();
    try (SSLSocket socket = connect("ntske/1")) {
      assertThat(granted(KeyClient.exchange(socket, REQUEST)).ntpPort()).hasValue(4123);
    }
  }

  @Test
  void answersARequestThatComesOctetByOctet() throws Exception {
    try (SSLSocket socket = connect("ntske/1")) {
      for (int i = 0; i < REQUEST.length() - 2; i += 2) {
        socket.getOutputStream().write(HexFormat.of().parseHex(REQUEST.substring(i, i + 2)));
      }
      granted(KeyClient.exchange(socket, "00"));
    }
  }

  @Test
  void answersBadRequestsWithAnErrorAndWithoutCookies() throws Exception {
    try (SSLSocket socket = connect("ntske/1")) {
      assertThat(KeyClient.exchange(socket, "8001000200008000" + "0000"))
          .isEqualTo("800200020001" + "80000000");
    }
  }

  @Test
  void closesOnAClientThatNamesNoProtocolAndGivesItNoCookies() throws Exception {
    try (SSLSocket socket = connect()) {
      String answer = "";
      try {
        answer = KeyClient.exchange(socket, REQUEST);
      } catch (IOException e) {
        // Closed while we wrote: as good an answer.
        assertThat(e).isNotNull();
      }
      assertThat(answer).isEmpty();
    }
    assertThat(service.report().granted()).isZero();
  }

  @Test
  void refusesOtherProtocolsAndOlderTlsInTheHandshake() throws Exception {
    try (SSLSocket socket = connect("http/1.1")) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
    try (SSLSocket socket =
        KeyClient.connect(service.ports().getFirst(), authority, "TLSv1.2", "ntske/1")) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
    assertThat(service.report().granted()).isZero();
  }

  @Test
  void servesNewcomersWhateverManySilentConnectionsThereAre() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.ports().getFirst());
        socket.getOutputStream().write(22);
        silent.add(socket);
      }
      try (SSLSocket socket = connect("ntske/1")) {
        granted(KeyClient.exchange(socket, REQUEST));
      }
      assertThat(service.report().crowdedOut()).isGreaterThanOrEqualTo(8);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void endsAConnectionThatSendsMoreThanAnyHandshakeTakes() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.ports().getFirst())) {
      socket.setSoTimeout(10_000);
      byte[] record = new byte[16_000];
      record[0] = 22;
      record[1] = 3;
      record[2] = 3;
      record[3] = 0x3E;
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  socket.getOutputStream().write(record);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void opensCookiesFromBeforeARestartAndFromBeforeARotation() throws Exception {
    byte[] cookie;
    try (SSLSocket socket = connect("ntske/1")) {
      cookie = granted(KeyClient.exchange(socket, REQUEST)).cookies().getFirst();
    }
    service.close();
    service = service(123);
    service.start();
    service.rotate();

    assertThat(open(cookie, new byte[CookieSealer.LONGEST_KEYS])).isNotNull();
    assertThat(Files.readString(directory.resolve("cookie-keys"))).contains("retired");
  }

  @Test
  void keepsItsSecretsToItself() throws Exception {
    assertThat(mode("cookie-keys")).isEqualTo("rw-------");
    assertThat(mode("ca-key.pem")).isEqualTo("rw-------");
    assertThat(mode("server-key.pem")).isEqualTo("rw-r-----");

    service.close();
    Files.setPosixFilePermissions(
        directory.resolve("cookie-keys"), PosixFilePermissions.fromString("rw-r--r--"));
    service = service(123);
    assertThatThrownBy(service::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cookie-keys")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void saysWhatIsWrongWithItsFiles() throws Exception {
    service.close();
    Path certificate = directory.resolve("server.pem");
    String good = Files.readString(certificate);

    Files.writeString(certificate, "nonsense");
    service = service(123);
    assertThatThrownBy(service::start).hasMessageContaining("server.pem");
    Files.delete(certificate);
    service = service(123);
    assertThatThrownBy(service::start).hasMessageContaining("timeball nts init");
    Files.writeString(certificate, good);
    Files.writeString(directory.resolve("cookie-keys"), "timeball cookie keys 1\nsecret 12\n");
    service = service(123);
    assertThatThrownBy(service::start)
        .hasMessageContaining("cookie-keys: line 2")
        .hasMessageContaining("Put back a good copy");
  }

  @Test
  void renewsWithTheSameAuthority() throws Exception {
    String before = Files.readString(files.authority());
    files.make(
        List.of("localhost"), Instant.ofEpochSecond(unixNanos / 1_000_000_000L), RANDOM::nextBytes);

    assertThat(Files.readString(files.authority())).isEqualTo(before);
    Pem.certificates(Files.readString(files.server())).getFirst().verify(authority.getPublicKey());
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
  }

  private SSLSocket connect(String... applicationProtocols) throws Exception {
    return KeyClient.connect(
        service.ports().getFirst(), authority, "TLSv1.3", applicationProtocols);
  }

  private static KeResult.Granted granted(String response) {
    KeResult result = KeClient.judge(HexFormat.of().parseHex(response));
    assertThat(result).isInstanceOf(KeResult.Granted.class);
    return (KeResult.Granted) result;
  }

  private AeadAlgorithm open(byte[] cookie, byte[] keys) throws IOException {
    CookieKeyRing ring =
        CookieKeyRing.at(
            CookieSecrets.parse(Files.readString(directory.resolve("cookie-keys"))),
            unixNanos / 1_000_000_000L,
            new Hkdf());
    return new CookieSealer(
            Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
            Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
            RANDOM::nextBytes)
        .open(ring, cookie, 0, cookie.length, keys);
  }
}
