package org.timeball.crypto.nts;

import java.util.HexFormat;
import java.util.Random;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Randomness;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.cookie.CookieSecret;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.crypto.Aeads;
import org.timeball.crypto.Hkdf;

/** Secrets, rings and cookies for tests. */
final class Cookies {
  static final long NOW = 1_795_000_000L;

  private Cookies() {}

  static CookieSecret secret(int seed) {
    byte[] octets = new byte[CookieSecret.LENGTH];
    new Random(seed).nextBytes(octets);
    return CookieSecret.of(octets);
  }

  static CookieKeyRing ring(CookieSecrets secrets, long unixSeconds) {
    return CookieKeyRing.at(secrets, unixSeconds, new Hkdf());
  }

  static CookieKeyRing ring() {
    return ring(CookieSecrets.startingWith(secret(1)), NOW);
  }

  static CookieSealer sealer() {
    return new CookieSealer(
        Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
        Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
        randomness(1));
  }

  /** Not random at all: what fails can be repeated. */
  static Randomness randomness(long seed) {
    return new Random(seed)::nextBytes;
  }

  static byte[] keys(AeadAlgorithm algorithm) {
    byte[] keys = new byte[2 * algorithm.keyOctets()];
    new Random(algorithm.number()).nextBytes(keys);
    return keys;
  }

  static byte[] seal(CookieKeyRing ring, AeadAlgorithm algorithm, byte[] keys) {
    byte[] cookie = new byte[CookieSealer.length(algorithm)];
    sealer().seal(ring, algorithm, keys, cookie, 0);
    return cookie;
  }

  static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
