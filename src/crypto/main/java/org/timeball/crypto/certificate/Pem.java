package org.timeball.crypto.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemGenerationException;
import org.bouncycastle.util.io.pem.PemObject;

/** Reads and writes PEM text. */
public final class Pem {
  /** Anything will do. */
  private static final byte[] PROBE = {1, 2, 3};

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
   * Whether a private key is that of the certified public key: what one signs, the other verifies.
   * Two files that are replaced one after the other do not belong together for a moment.
   */
  public static boolean belongTogether(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (certified) {
          case ECKey _ -> "SHA256withECDSA";
          case RSAKey _ -> "SHA256withRSA";
          case EdECKey _ -> "EdDSA";
          default -> "";
        };
    if (algorithm.isEmpty()) {
      return key.getAlgorithm().equals(certified.getAlgorithm());
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
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

  /**
   * The private key of an EC pair as text, in PKCS #8 with the public key inside: programs on
   * GnuTLS refuse one without.
   */
  static String text(KeyPair pair) {
    try {
      PrivateKeyInfo bare = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
      SubjectPublicKeyInfo certified =
          SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
      ECPrivateKey whole =
          new ECPrivateKey(
              ((ECKey) pair.getPublic()).getParams().getOrder().bitLength(),
              ECPrivateKey.getInstance(bare.parsePrivateKey()).getKey(),
              certified.getPublicKeyData(),
              null);
      PrivateKeyInfo both = new PrivateKeyInfo(bare.getPrivateKeyAlgorithm(), whole);
      return write(new PemObject("PRIVATE KEY", both.getEncoded()));
    } catch (IOException e) {
      throw new IllegalStateException("a key of our own making cannot be read", e);
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
