package org.timeball.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HkdfTest {
  /** RFC 5869, appendix A.3: no salt, no information. */
  @Test
  void derivesAsTheStandardShows() {
    byte[] secret = Hex.octets("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");

    assertThat(new Hkdf().derive(secret, new byte[0], 42))
        .isEqualTo(
            Hex.octets(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                    + "9d201395faa4b61a96c8"));
  }

  @Test
  void derivesAnotherKeyForEachPurpose() {
    byte[] secret = new byte[32];

    assertThat(new Hkdf().derive(secret, new byte[] {1}, 32))
        .isNotEqualTo(new Hkdf().derive(secret, new byte[] {2}, 32));
  }
}
