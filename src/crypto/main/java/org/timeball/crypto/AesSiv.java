package org.timeball.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Octets;

/**
 * AES-SIV-CMAC-256, -384 and -512 (RFC 5297) over the JDK's AES.
 *
 * <p>S2V takes any number of components; as an AEAD there are two, the associated data and then the
 * nonce (RFC 5297, section 3). The key stream comes from one AES/ECB call over the laid-out counter
 * blocks: see {@link AesCmac} for why.
 *
 * <p>Not for several threads.
 */
final class AesSiv implements Aead {
  private static final int BLOCK = AesCmac.BLOCK;

  /** The bits that the first counter has cleared (RFC 5297, section 2.5), in its lower half. */
  private static final long CLEARED = 0x8000_0000_8000_0000L;

  private final AeadAlgorithm algorithm;
  private final AesCmac mac = new AesCmac();
  private final Cipher ecb;
  private final byte[] key;
  private boolean enciphersWithKey;
  private long zeroHigh;
  private long zeroLow;
  private boolean knowsNothing;
  private long nothingHigh;
  private long nothingLow;
  private long sumHigh;
  private long sumLow;
  private byte[] counters = new byte[256];
  private byte[] keyStream = new byte[256];

  AesSiv(AeadAlgorithm algorithm) {
    this.algorithm = algorithm;
    key = new byte[algorithm.keyOctets() / 2];
    try {
      ecb = Cipher.getInstance("AES/ECB/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/ECB/NoPadding, but this one has not", e);
    }
  }

  @Override
  public AeadAlgorithm algorithm() {
    return algorithm;
  }

  /** The first half of the key authenticates, the second enciphers (RFC 5297, section 2.2). */
  @Override
  public void setKey(byte[] octets, int at) {
    mac.setKey(octets, at, key.length);
    AesCmac.write(0, 0, mac.message(BLOCK), 0);
    mac.mac(BLOCK);
    zeroHigh = mac.high();
    zeroLow = mac.low();
    knowsNothing = false;
    System.arraycopy(octets, at + key.length, key, 0, key.length);
    enciphersWithKey = false;
  }

  @Override
  public int seal(Octets nonce, Octets associated, Octets text, byte[] out, int outAt) {
    begin();
    associate(associated);
    associate(nonce);
    return seal(text, out, outAt);
  }

  @Override
  public int open(Octets nonce, Octets associated, Octets sealed, byte[] out, int outAt) {
    begin();
    associate(associated);
    associate(nonce);
    return open(sealed, out, outAt);
  }

  /**
   * Starts S2V (RFC 5297, section 2.4); then come {@link #associate} for each component and one
   * {@code seal} or {@code open}.
   */
  void begin() {
    sumHigh = zeroHigh;
    sumLow = zeroLow;
  }

  /** The next component of associated data. */
  void associate(Octets octets) {
    doubleSum();
    if (octets.length() == 0) {
      addNothing();
      return;
    }
    mac.mac(octets.array(), octets.at(), octets.length());
    sumHigh ^= mac.high();
    sumLow ^= mac.low();
  }

  /** A component without octets, as cookies have it: its MAC depends on the key alone. */
  private void addNothing() {
    if (!knowsNothing) {
      mac.mac(0);
      nothingHigh = mac.high();
      nothingLow = mac.low();
      knowsNothing = true;
    }
    sumHigh ^= nothingHigh;
    sumLow ^= nothingLow;
  }

  int seal(Octets text, byte[] out, int outAt) {
    int length = text.length();
    synthesize(text.array(), text.at(), length);
    long high = mac.high();
    long low = mac.low();
    applyKeyStream(high, low, text.array(), text.at(), length, out, outAt + BLOCK);
    AesCmac.write(high, low, out, outAt);
    return length + BLOCK;
  }

  int open(Octets sealed, byte[] out, int outAt) {
    int length = sealed.length() - BLOCK;
    if (length < 0) {
      return NOT_AUTHENTIC;
    }
    long high = (long) AesCmac.OCTETS.get(sealed.array(), sealed.at());
    long low = (long) AesCmac.OCTETS.get(sealed.array(), sealed.at() + Long.BYTES);
    applyKeyStream(high, low, sealed.array(), sealed.at() + BLOCK, length, out, outAt);
    synthesize(out, outAt, length);
    // All sixteen octets are compared at once, so that the time taken tells nothing about where
    // they differ.
    if (((mac.high() ^ high) | (mac.low() ^ low)) != 0) {
      // Nobody may act on plain text that was not authentic.
      Arrays.fill(out, outAt, outAt + length, (byte) 0);
      return NOT_AUTHENTIC;
    }
    return length;
  }

  /** The end of S2V: the text is the last component. */
  private void synthesize(byte[] text, int at, int length) {
    byte[] message = mac.message(Math.max(length, BLOCK));
    if (length >= BLOCK) {
      System.arraycopy(text, at, message, 0, length);
      AesCmac.xor(message, length - BLOCK, sumHigh, sumLow);
      mac.mac(length);
    } else {
      doubleSum();
      Arrays.fill(message, length, BLOCK, (byte) 0);
      System.arraycopy(text, at, message, 0, length);
      message[length] = (byte) 0x80;
      AesCmac.xor(message, 0, sumHigh, sumLow);
      mac.mac(BLOCK);
    }
  }

  private void doubleSum() {
    long high = AesCmac.doubledHigh(sumHigh, sumLow);
    sumLow = AesCmac.doubledLow(sumHigh, sumLow);
    sumHigh = high;
  }

  /**
   * CTR mode (RFC 5297, section 2.5): the counter starts at the given vector with two bits cleared.
   */
  private void applyKeyStream(
      long high, long low, byte[] in, int inAt, int length, byte[] out, int outAt) {
    int padded = (length + BLOCK - 1) / BLOCK * BLOCK;
    if (padded == 0) {
      return;
    }
    if (counters.length < padded) {
      counters = new byte[padded * 2];
      keyStream = new byte[padded * 2];
    }
    // The cleared bits leave room for 2^31 blocks before a carry could leave the lowest four
    // octets.
    long counter = low & ~CLEARED;
    for (int i = 0; i < padded; i += BLOCK) {
      AesCmac.write(high, counter++, counters, i);
    }
    encipherCounters(padded);
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      AesCmac.OCTETS.set(
          out,
          outAt + i,
          (long) AesCmac.OCTETS.get(in, inAt + i) ^ (long) AesCmac.OCTETS.get(keyStream, i));
    }
    for (; i < length; i++) {
      out[outAt + i] = (byte) (in[inAt + i] ^ keyStream[i]);
    }
  }

  private void encipherCounters(int length) {
    try {
      // Only now: an authenticator that encloses nothing, as in most requests, needs no key stream.
      if (!enciphersWithKey) {
        ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        enciphersWithKey = true;
      }
      ecb.doFinal(counters, 0, length, keyStream, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks were enciphered into room for them", e);
    }
  }
}
