package org.timeball.server.nts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keys of every kind with a certificate for this machine, made by the JDK's keytool. */
final class KeyPairs {
  private static final String PASSPHRASE = "changeit";
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private KeyPairs() {}

  /**
   * Writes a key and its certificate.
   *
   * @param algorithm as keytool calls it: RSA, EC, Ed25519
   * @return the certificate, which is its own authority
   */
  static X509Certificate write(String algorithm, int days, CertificateFiles files)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = Files.createTempFile("key", ".p12");
    Files.delete(store);
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "key",
                    "-keyalg",
                    algorithm,
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-validity",
                    Integer.toString(days),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSPHRASE,
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(5, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSPHRASE.toCharArray());
    } finally {
      Files.delete(store);
    }
    X509Certificate certificate = (X509Certificate) keys.getCertificate("key");
    byte[] key = keys.getKey("key", PASSPHRASE.toCharArray()).getEncoded();
    PrivateFile.write(files.serverKey(), pem("PRIVATE KEY", key), "rw-------");
    PrivateFile.write(files.server(), pem("CERTIFICATE", certificate.getEncoded()), "rw-r--r--");
    return certificate;
  }

  private static String pem(String what, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, LINES.encodeToString(octets), what);
  }
}
