package org.timeball.server.nts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.timeball.core.nts.Randomness;
import org.timeball.crypto.certificate.Issued;
import org.timeball.crypto.certificate.PrivateAuthority;

/**
 * The files of a private authority and of the server that it certifies, in one directory.
 *
 * @param authority certificate of the authority: what clients install
 * @param authorityKey its key: needed to renew, never by the running service
 * @param server certificate of the server
 * @param serverKey its key
 */
public record CertificateFiles(Path authority, Path authorityKey, Path server, Path serverKey) {
  private static final int SERIAL_OCTETS = 16;
  private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(20 * 365L);
  private static final Duration SERVER_LIFETIME = Duration.ofDays(2 * 365L);

  /** So that a client whose clock is somewhat behind takes a new certificate. */
  private static final Duration BEFORE = Duration.ofDays(2);

  /** The usual names in a directory. */
  public static CertificateFiles in(Path directory) {
    return new CertificateFiles(
        directory.resolve("ca.pem"),
        directory.resolve("ca-key.pem"),
        directory.resolve("server.pem"),
        directory.resolve("server-key.pem"));
  }

  /**
   * Makes an authority, or uses the one that is there, and a new certificate for a server.
   *
   * @param names DNS names and addresses by which clients call the server
   * @return the authority's fingerprint
   * @throws IOException saying what cannot be read or written
   */
  public String make(List<String> names, Instant now, Randomness randomness) throws IOException {
    Files.createDirectories(authority.toAbsolutePath().getParent());
    PrivateAuthority issuer = issuer(names.getFirst(), now, randomness);
    Issued issued =
        issuer.issue(names, now.minus(BEFORE), now.plus(SERVER_LIFETIME), serial(randomness));
    PrivateFile.write(serverKey, issued.privateKey(), "rw-r-----");
    PrivateFile.write(server, issued.certificate(), "rw-r--r--");
    return issuer.fingerprint();
  }

  private PrivateAuthority issuer(String name, Instant now, Randomness randomness)
      throws IOException {
    if (!Files.exists(authority) && !Files.exists(authorityKey)) {
      PrivateAuthority fresh =
          PrivateAuthority.create(
              "Timeball authority of " + name,
              now.minus(BEFORE),
              now.plus(AUTHORITY_LIFETIME),
              serial(randomness));
      PrivateFile.write(authorityKey, fresh.issued().privateKey(), "rw-------");
      PrivateFile.write(authority, fresh.issued().certificate(), "rw-r--r--");
      return fresh;
    }
    try {
      return PrivateAuthority.of(
          new Issued(PrivateFile.readAny(authority), PrivateFile.read(authorityKey)));
    } catch (NoSuchFileException e) {
      throw new IOException(
          "%s and %s belong together, but only one of them is there"
              .formatted(authority, authorityKey),
          e);
    } catch (CertificateException e) {
      throw new IOException(authority + " or its key cannot be used: " + e.getMessage(), e);
    }
  }

  private static byte[] serial(Randomness randomness) {
    byte[] serial = new byte[SERIAL_OCTETS];
    randomness.fill(serial);
    // Positive, and as long as it looks.
    serial[0] = (byte) ((serial[0] & 0x3F) | 0x40);
    return serial;
  }
}
