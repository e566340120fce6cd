package org.timeball.core.nts.packet;

/** Types and lengths of the fields (RFC 8915, section 5.3 to 5.6). */
final class NtsField {
  static final int UNIQUE_IDENTIFIER = 0x0104;
  static final int COOKIE = 0x0204;
  static final int COOKIE_PLACEHOLDER = 0x0304;
  static final int AUTHENTICATOR = 0x0404;

  /** Octets of a field's type and length. */
  static final int HEADER = 4;

  /** An identifier has at least 32 octets (RFC 8915, section 5.3). */
  static final int SHORTEST_IDENTIFIER = HEADER + 32;

  /** An authenticator's header, and the lengths of nonce and ciphertext. */
  static final int AUTHENTICATOR_HEADER = HEADER + 4;

  private NtsField() {}

  /** The next multiple of 4. */
  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
