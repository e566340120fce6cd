package org.timeball.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.timeball.core.nts.KeyDerivation;

/**
 * HKDF with SHA-256 and no salt (RFC 5869, section 2), which is the JDK's. Safe for several
 * threads.
 */
public final class Hkdf implements KeyDerivation {
  @Override
  public byte[] derive(byte[] secret, byte[] information, int length) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(information, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256, but this one has not", e);
    }
  }
}
