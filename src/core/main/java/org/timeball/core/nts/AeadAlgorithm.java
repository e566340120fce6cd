package org.timeball.core.nts;

import java.util.Optional;

/** The AEAD algorithms that NTS may negotiate, with their IANA numbers (RFC 8915, section 5.1). */
public enum AeadAlgorithm {
  /** The one that every NTS implementation has (RFC 8915, section 5.1; RFC 5297). */
  AES_SIV_CMAC_256(15, 32, 16, 16),
  AES_SIV_CMAC_384(16, 48, 16, 16),
  AES_SIV_CMAC_512(17, 64, 16, 16),
  /** Shorter cookies (RFC 8452). */
  AES_128_GCM_SIV(30, 16, 12, 16);

  private final int number;
  private final int keyOctets;
  private final int nonceOctets;
  private final int tagOctets;

  AeadAlgorithm(int number, int keyOctets, int nonceOctets, int tagOctets) {
    this.number = number;
    this.keyOctets = keyOctets;
    this.nonceOctets = nonceOctets;
    this.tagOctets = tagOctets;
  }

  /** The algorithm of an IANA number, if it is one of these. */
  public static Optional<AeadAlgorithm> ofNumber(int number) {
    for (AeadAlgorithm algorithm : values()) {
      if (algorithm.number == number) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The IANA number. */
  public int number() {
    return number;
  }

  /** Length of a key in octets. */
  public int keyOctets() {
    return keyOctets;
  }

  /** Length of the nonce that we choose when sealing; a SIV algorithm opens any length. */
  public int nonceOctets() {
    return nonceOctets;
  }

  /** By how much sealed text is longer than plain text. */
  public int tagOctets() {
    return tagOctets;
  }
}
