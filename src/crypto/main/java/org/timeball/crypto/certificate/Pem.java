package org.timeball.crypto.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** Reads and writes PEM text. */
public final class Pem {
  private Pem() {}

  /**
   * The certificates in a text, in their order; never none.
   *
   * @throws CertificateException saying what is wrong
   */
  public static List<X509Certificate> certificates(String text) throws CertificateException {
    List<X509Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
            .stream()
            .map(X509Certificate.class::cast)
            .collect(Collectors.toList());
    if (found.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return found;
  }

  /**
   * The private key in a text: EC, RSA or Ed25519, in PKCS #8 or as OpenSSL wrote it before.
   *
   * @throws CertificateException saying what is wrong; it never shows the key
   */
  public static PrivateKey privateKey(String text) throws CertificateException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        if (object instanceof PEMEncryptedKeyPair
            || object instanceof PKCS8EncryptedPrivateKeyInfo) {
          throw new CertificateException(
              "the key is protected by a passphrase, and nobody is there to type it when the"
                  + " service starts; remove the passphrase and protect the file by its mode");
        }
        if (object instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (object instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle throws whatever came first when text or structure are not as expected.
      throw new CertificateException("the private key is damaged: " + e.getMessage(), e);
    }
    throw new CertificateException("there is no private key in it");
  }

  /**
   * Makes sure that a private key is of the kind of the certificate's public key, as far as can be
   * seen from outside.
   */
  public static boolean isSameKind(PrivateKey key, PublicKey certified) {
    return key instanceof ECKey == certified instanceof ECKey
        && key instanceof RSAKey == certified instanceof RSAKey
        && key instanceof EdECKey == certified instanceof EdECKey;
  }

  /** A certificate as text. */
  static String text(X509Certificate certificate) {
    return write(certificate);
  }

  /** A private key as text, in PKCS #8. */
  static String text(PrivateKey key) {
    try {
      return write(new JcaPKCS8Generator(key, null));
    } catch (PemGenerationException e) {
      throw new IllegalStateException("a key without a passphrase needs no cipher", e);
    }
  }

  private static String write(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
