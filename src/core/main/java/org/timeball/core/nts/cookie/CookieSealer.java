package org.timeball.core.nts.cookie;

import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Octets;
import org.timeball.core.nts.Randomness;

/**
 * Seals and opens cookies: key name (4 octets), nonce (16), and both keys of the client sealed. The
 * algorithm of the keys follows from their length. Belongs to one thread; allocates nothing of its
 * own.
 *
 * <p>The nonce is random and not a counter, so that two cookies of one client cannot be told to be
 * of the same client (RFC 8915, section 9.1).
 */
public final class CookieSealer {
  private static final int KEY_NAME = 4;
  private static final int NONCE = 16;
  private static final int HEADER = KEY_NAME + NONCE;
  private static final int TAG = 16;
  private static final AeadAlgorithm[] ALGORITHMS = AeadAlgorithm.values();

  /** Nonces drawn at once: each call to the generator costs as much as a cookie. */
  private static final int NONCES = 64;

  /** The octets of the longest pair of keys. */
  public static final int LONGEST_KEYS = 2 * AeadAlgorithm.AES_SIV_CMAC_512.keyOctets();

  private final Aead sealing;
  private final Aead opening;
  private final Randomness randomness;
  private final byte[] nonces = new byte[NONCES * NONCE];
  private int nonceAt = NONCES * NONCE;
  private CookieKeyRing.Key sealingKey;
  private CookieKeyRing.Key openingKey;
  private final Octets nothing = Octets.of();
  private final Octets nonce = Octets.of();
  private final Octets text = Octets.of();

  /**
   * Owns two ciphers, so that keys need not be set for every packet.
   *
   * @param sealing AES-SIV-CMAC-256
   * @param opening another one
   */
  public CookieSealer(Aead sealing, Aead opening, Randomness randomness) {
    this.sealing = sealing;
    this.opening = opening;
    this.randomness = randomness;
  }

  /** Octets of a cookie with the keys of an algorithm; always a multiple of 4. */
  public static int length(AeadAlgorithm algorithm) {
    return HEADER + TAG + 2 * algorithm.keyOctets();
  }

  /**
   * Writes a cookie of {@link #length} octets.
   *
   * @param keys client-to-server and then server-to-client key, from the first octet
   */
  public void seal(
      CookieKeyRing ring, AeadAlgorithm algorithm, byte[] keys, byte[] out, int outAt) {
    CookieKeyRing.Key key = ring.current();
    if (key != sealingKey) {
      sealing.setKey(key.octets(), 0);
      sealingKey = key;
    }
    out[outAt] = (byte) (key.id() >> 24);
    out[outAt + 1] = (byte) (key.id() >> 16);
    out[outAt + 2] = (byte) (key.id() >> 8);
    out[outAt + 3] = (byte) key.id();
    drawNonce(out, outAt + KEY_NAME);
    sealing.seal(
        nonce.set(out, outAt + KEY_NAME, NONCE),
        nothing,
        text.set(keys, 0, 2 * algorithm.keyOctets()),
        out,
        outAt + HEADER);
  }

  /**
   * Opens a cookie.
   *
   * @param keys gets both keys
   * @return the algorithm of the keys, or null if the cookie is not of this ring
   */
  public AeadAlgorithm open(CookieKeyRing ring, byte[] octets, int at, int length, byte[] keys) {
    AeadAlgorithm algorithm = algorithmOf(length);
    if (algorithm == null) {
      return null;
    }
    int id =
        (octets[at] << 24)
            | ((octets[at + 1] & 0xFF) << 16)
            | ((octets[at + 2] & 0xFF) << 8)
            | (octets[at + 3] & 0xFF);
    CookieKeyRing.Key key = ring.find(id);
    if (key == null) {
      return null;
    }
    if (key != openingKey) {
      opening.setKey(key.octets(), 0);
      openingKey = key;
    }
    int opened =
        opening.open(
            nonce.set(octets, at + KEY_NAME, NONCE),
            nothing,
            text.set(octets, at + HEADER, length - HEADER),
            keys,
            0);
    return opened == Aead.NOT_AUTHENTIC ? null : algorithm;
  }

  /** Writes 16 octets that nobody can guess. */
  public void drawNonce(byte[] out, int outAt) {
    if (nonceAt == nonces.length) {
      randomness.fill(nonces);
      nonceAt = 0;
    }
    System.arraycopy(nonces, nonceAt, out, outAt, NONCE);
    nonceAt += NONCE;
  }

  private static AeadAlgorithm algorithmOf(int cookieLength) {
    for (AeadAlgorithm algorithm : ALGORITHMS) {
      if (length(algorithm) == cookieLength) {
        return algorithm;
      }
    }
    return null;
  }
}
