package org.timeball.crypto;

import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;

/** Makes the AEAD algorithms. */
public final class Aeads {
  private Aeads() {}

  /** A new one, without a key yet, for one thread. */
  public static Aead of(AeadAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_SIV_CMAC_256, AES_SIV_CMAC_384, AES_SIV_CMAC_512 -> new AesSiv(algorithm);
      case AES_128_GCM_SIV -> new AesGcmSiv();
    };
  }
}
