package org.timeball.server.nts;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.timeball.crypto.certificate.Pem;
import org.timeball.crypto.x25519.X25519Provider;

/**
 * The certificate and key that clients know this server by, read again when their files change.
 * Connections that are open go on with what they began with. Used by one thread.
 */
final class ServerCertificate {
  private static final Logger LOG = System.getLogger(ServerCertificate.class.getName());
  private static final Duration WARNING = Duration.ofDays(21);
  private static final long WARNING_INTERVAL_SECONDS = 86_400;

  /**
   * In the order of preference. The JDK would begin with the second one, whose digest has no help
   * from most processors and is used some fifty times in a handshake.
   */
  private static final List<String> SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final Path certificateFile;
  private final Path keyFile;
  private FileStamp certificateStamp = FileStamp.NONE;
  private FileStamp keyStamp = FileStamp.NONE;
  private SSLContext context;
  private Instant until;
  private long warnedUnixSeconds = Long.MIN_VALUE / 2;

  ServerCertificate(Path certificateFile, Path keyFile) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
  }

  /**
   * Reads both files.
   *
   * @throws IOException saying which is wrong and what to do
   */
  void load() throws IOException {
    certificateStamp = FileStamp.of(certificateFile);
    keyStamp = FileStamp.of(keyFile);
    List<X509Certificate> chain = readChain();
    PrivateKey key = readKey();
    if (!Pem.belongTogether(key, chain.getFirst().getPublicKey())) {
      throw new IOException(
          "%s is not the key of %s; if one of them was replaced, replace the other too"
              .formatted(keyFile, certificateFile));
    }
    try {
      X25519Provider.install();
      SSLContext fresh = SSLContext.getInstance("TLSv1.3");
      fresh.init(new KeyManager[] {new OneKey(key, chain)}, null, null);
      context = fresh;
      until = chain.getFirst().getNotAfter().toInstant();
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and %s cannot be used: %s".formatted(certificateFile, keyFile, e.getMessage()), e);
    }
  }

  private List<X509Certificate> readChain() throws IOException {
    try {
      return Pem.certificates(PrivateFile.readAny(certificateFile));
    } catch (NoSuchFileException e) {
      throw missing(certificateFile, e);
    } catch (CertificateException e) {
      throw new IOException(
          "%s: not a PEM file of certificates: %s".formatted(certificateFile, e.getMessage()), e);
    }
  }

  private PrivateKey readKey() throws IOException {
    try {
      return Pem.privateKey(PrivateFile.read(keyFile));
    } catch (NoSuchFileException e) {
      throw missing(keyFile, e);
    } catch (CertificateException e) {
      throw new IOException(keyFile + ": " + e.getMessage(), e);
    }
  }

  private static IOException missing(Path file, NoSuchFileException cause) {
    return new IOException(
        file + ": there is no such file. 'timeball nts init' makes a certificate and its key",
        cause);
  }

  /** Follows the files, and warns when the certificate is about to expire. */
  void refresh(long unixSeconds) {
    if (!FileStamp.of(certificateFile).equals(certificateStamp)
        || !FileStamp.of(keyFile).equals(keyStamp)) {
      try {
        load();
        warnedUnixSeconds = Long.MIN_VALUE / 2;
        LOG.log(Logger.Level.INFO, "{0}: read again, valid until {1}", certificateFile, until);
      } catch (IOException e) {
        LOG.log(Logger.Level.ERROR, "{0}; the certificate before stays in use", e.getMessage());
      }
    }
    Duration left = Duration.between(Instant.ofEpochSecond(unixSeconds), until);
    if (left.compareTo(WARNING) < 0
        && unixSeconds - warnedUnixSeconds >= WARNING_INTERVAL_SECONDS) {
      warnedUnixSeconds = unixSeconds;
      LOG.log(
          Logger.Level.WARNING,
          "{0}: {1}; clients of NTS will refuse this server until there is a new one",
          certificateFile,
          left.isNegative()
              ? "expired at " + until
              : "expires in " + left.toDays() + " days, at " + until);
    }
  }

  /** Until when it is valid. */
  Instant until() {
    return until;
  }

  /** A new engine for one connection: TLS 1.3 and nothing older (RFC 8915, section 3). */
  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setCipherSuites(SUITES.toArray(String[]::new));
    parameters.setApplicationProtocols(new String[] {KeSession.APPLICATION_PROTOCOL});
    engine.setSSLParameters(parameters);
    return engine;
  }
}
