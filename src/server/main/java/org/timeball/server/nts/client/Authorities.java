package org.timeball.server.nts.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.timeball.crypto.certificate.Pem;

/**
 * The certificate authorities that are believed.
 *
 * @param place where they are from, for people
 */
record Authorities(Set<TrustAnchor> anchors, String place) {
  /** What Debian's {@code update-ca-certificates} writes. */
  private static final Path SYSTEM = Path.of("/etc/ssl/certs/ca-certificates.crt");

  /** Those of a file, or those of the system. */
  static Authorities of(Optional<Path> file) throws KeyExchangeFailure {
    try {
      if (file.isPresent()) {
        return ofFile(file.get());
      }
      return Files.isReadable(SYSTEM) ? ofFile(SYSTEM) : ofJava();
    } catch (NoSuchFileException e) {
      throw new KeyExchangeFailure(e.getMessage() + " (of authorities): there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new KeyExchangeFailure(
          e.getMessage() + " (of authorities) cannot be read: permission denied", e);
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyExchangeFailure(
          "the authorities of %s cannot be used: %s"
              .formatted(file.map(Path::toString).orElse("the system"), e.getMessage()),
          e);
    }
  }

  private static Authorities ofFile(Path file) throws IOException, CertificateException {
    return of(Pem.certificates(Files.readString(file)), file.toString());
  }

  private static Authorities ofJava() throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    List<X509Certificate> all =
        Arrays.stream(factory.getTrustManagers())
            .filter(X509TrustManager.class::isInstance)
            .flatMap(m -> Arrays.stream(((X509TrustManager) m).getAcceptedIssuers()))
            .toList();
    return of(all, "the Java runtime");
  }

  private static Authorities of(List<X509Certificate> certificates, String place) {
    return new Authorities(
        certificates.stream()
            .map(c -> new TrustAnchor(c, null))
            .collect(Collectors.toUnmodifiableSet()),
        place);
  }
}
