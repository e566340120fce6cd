package org.timeball.core.keys;

import java.util.Locale;
import java.util.Optional;

/** How a digest is made (RFC 5905, section 7.3; RFC 8573, section 2). */
public enum KeyAlgorithm {
  MD5(16, 0, true, "M"),
  SHA1(20, 0, true, "SHA|SHA-1"),
  SHA256(32, 0, false, "SHA-256|SHA2-256"),
  SHA384(48, 0, false, "SHA-384|SHA2-384"),
  SHA512(64, 0, false, "SHA-512|SHA2-512"),
  AES128(16, 16, false, "AES-128|AES128CMAC|AES-128-CMAC"),
  AES256(16, 32, false, "AES-256|AES256CMAC|AES-256-CMAC");

  private final int digestLength;
  private final int secretLength;
  private final boolean legacy;
  private final String otherNames;

  KeyAlgorithm(int digestLength, int secretLength, boolean legacy, String otherNames) {
    this.digestLength = digestLength;
    this.secretLength = secretLength;
    this.legacy = legacy;
    this.otherNames = otherNames;
  }

  /** The algorithm of a name as chrony or ntpd writes it, in any case. */
  public static Optional<KeyAlgorithm> ofName(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (KeyAlgorithm algorithm : values()) {
      if (algorithm.name().equals(upper)
          || ("|" + algorithm.otherNames + "|").contains("|" + upper + "|")) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** Octets of a whole digest. */
  public int digestLength() {
    return digestLength;
  }

  /** Octets that a secret must have; 0 if it may have any number. */
  public int secretLength() {
    return secretLength;
  }

  /** Whether it is there for old peers only: nobody should choose it today. */
  public boolean isLegacy() {
    return legacy;
  }

  /** AES-CMAC, as opposed to a hash of secret and packet. */
  public boolean isCipher() {
    return secretLength > 0;
  }
}
