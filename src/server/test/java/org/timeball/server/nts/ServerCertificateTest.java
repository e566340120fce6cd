package org.timeball.server.nts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of every kind, and how the files are followed while the service runs. */
class ServerCertificateTest {
  private static final String REQUEST = "80010002000080040002000f80000000";

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private CertificateFiles files;
  private ServerCertificate certificate;

  @BeforeEach
  void name() {
    files = CertificateFiles.in(directory);
    certificate = new ServerCertificate(files.server(), files.serverKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void givesOutCookiesWithAKeyOfAnyKind(String algorithm) throws Exception {
    X509Certificate authority = KeyPairs.write(algorithm, 30, files);
    Random random = new Random(1);
    try (NtsService service =
        new NtsService(
            new NtsPlaces(
                files.server(),
                files.serverKey(),
                directory.resolve("cookie-keys"),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                Optional.empty(),
                123),
            () -> authority.getNotBefore().toInstant().getEpochSecond() * 1_000_000_000L,
            random::nextBytes,
            60)) {
      service.start();
      try (SSLSocket socket =
          KeyClient.connect(service.ports().getFirst(), authority, "TLSv1.3", "ntske/1")) {
        assertThat(KeyClient.exchange(socket, REQUEST)).startsWith("80010002000080040002000f0005");
      }
    }
  }

  @Test
  void takesANewPairOnceBothOfItsFilesAreThere() throws Exception {
    KeyPairs.write("EC", 30, files);
    certificate.load();
    Instant before = certificate.until();
    CertificateFiles renewed = CertificateFiles.in(elsewhere);
    Instant after = KeyPairs.write("EC", 60, renewed).getNotAfter().toInstant();

    move(renewed.serverKey(), files.serverKey());
    certificate.refresh(before.getEpochSecond() - 86_400 * 25);
    assertThat(certificate.until()).as("a new key and an old certificate").isEqualTo(before);
    assertThat(certificate.engine()).isNotNull();

    move(renewed.server(), files.server());
    certificate.refresh(before.getEpochSecond() - 86_400 * 25);
    assertThat(certificate.until()).isEqualTo(after);
  }

  @Test
  void refusesTheKeyOfAnotherCertificateOfTheSameKind() throws Exception {
    KeyPairs.write("EC", 30, files);
    KeyPairs.write("EC", 30, CertificateFiles.in(elsewhere));
    move(elsewhere.resolve("server-key.pem"), files.serverKey());

    assertThatThrownBy(certificate::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the key of")
        .hasMessageContaining("replace the other too");
  }

  @Test
  void staysWithTheOldCertificateWhateverIsWrongWithTheNewOne() throws Exception {
    KeyPairs.write("RSA", 30, files);
    certificate.load();
    Instant before = certificate.until();
    for (String damaged :
        List.of("", "-----BEGIN PRIVATE KEY-----\nMEEC?QAw\n-----END PRIVATE KEY-----\n")) {
      PrivateFile.write(files.serverKey(), damaged, "rw-------");
      certificate.refresh(before.getEpochSecond());
      assertThat(certificate.until()).isEqualTo(before);
      assertThat(certificate.engine()).isNotNull();
    }
  }

  private static void move(Path from, Path to) throws IOException {
    PrivateFile.write(to, Files.readString(from), "rw-------");
  }
}
