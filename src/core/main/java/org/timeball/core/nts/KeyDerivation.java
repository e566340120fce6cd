package org.timeball.core.nts;

/** Makes keys out of a secret, as many as wanted, none of which tells anything about the others. */
@FunctionalInterface
public interface KeyDerivation {
  /**
   * HKDF with SHA-256 and no salt (RFC 5869, section 2).
   *
   * @param secret at least 32 octets that nobody can guess
   * @param information what the key is for; another one gives another key
   * @param length in octets, 1 to 8160
   */
  byte[] derive(byte[] secret, byte[] information, int length);
}
