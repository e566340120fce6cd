package org.timeball.checks.fuzz;

import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import org.timeball.crypto.certificate.Issued;
import org.timeball.crypto.certificate.Pem;
import org.timeball.crypto.certificate.PrivateAuthority;

/** Files of certificates and private keys. */
final class PemTarget implements FuzzTarget {
  @Override
  public String name() {
    return "pem";
  }

  @Override
  public String promise() {
    return "is refused with a sentence when it is damaged";
  }

  @Override
  public List<byte[]> seeds() {
    Instant now = Instant.ofEpochSecond(Packets.NOW / 1_000_000_000L);
    Issued issued =
        PrivateAuthority.create("fuzz", now, now.plusSeconds(86_400), new byte[] {1}).issued();
    return Packets.texts(
        issued.certificate(),
        issued.privateKey(),
        issued.privateKey() + issued.certificate(),
        """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIIFa6UPyvzdWPgeEBN0e0bA+dZqJBxDEqOeHsHFcaKZToAoGCCqGSM49
        -----END EC PRIVATE KEY-----
        """);
  }

  @Override
  public void accept(byte[] octets) {
    String text = Packets.text(octets);
    try {
      Pem.certificates(text);
    } catch (CertificateException e) {
      Promise.kept(e.getMessage() != null, "no reason given");
    }
    try {
      Pem.privateKey(text);
    } catch (CertificateException e) {
      Promise.kept(e.getMessage() != null, "no reason given");
    }
  }
}
