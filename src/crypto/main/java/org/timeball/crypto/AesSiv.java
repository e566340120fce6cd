package org.timeball.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
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
  private static final byte[] ZERO = new byte[BLOCK];

  private final AeadAlgorithm algorithm;
  private final AesCmac mac = new AesCmac();
  private final Cipher ecb;
  private final byte[] macOfZero = new byte[BLOCK];
  private final byte[] sum = new byte[BLOCK];
  private final byte[] component = new byte[BLOCK];
  private final byte[] synthetic = new byte[BLOCK];
  private final byte[] received = new byte[BLOCK];
  private byte[] counters = new byte[256];
  private byte[] keyStream = new byte[256];

  AesSiv(AeadAlgorithm algorithm) {
    this.algorithm = algorithm;
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
  public void setKey(byte[] key, int at) {
    int half = algorithm.keyOctets() / 2;
    mac.setKey(key, at, half);
    mac.mac(ZERO, 0, BLOCK, macOfZero);
    try {
      ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, at + half, half, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("AES takes keys of 16, 24 or 32 octets, not " + half, e);
    }
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
    System.arraycopy(macOfZero, 0, sum, 0, BLOCK);
  }

  /** The next component of associated data. */
  void associate(Octets octets) {
    AesCmac.doubled(sum);
    mac.mac(octets.array(), octets.at(), octets.length(), component);
    AesCmac.xor(sum, 0, component);
  }

  int seal(Octets text, byte[] out, int outAt) {
    int length = text.length();
    synthesize(text.array(), text.at(), length);
    System.arraycopy(synthetic, 0, out, outAt, BLOCK);
    applyKeyStream(synthetic, text.array(), text.at(), length, out, outAt + BLOCK);
    return length + BLOCK;
  }

  int open(Octets sealed, byte[] out, int outAt) {
    int length = sealed.length() - BLOCK;
    if (length < 0) {
      return NOT_AUTHENTIC;
    }
    System.arraycopy(sealed.array(), sealed.at(), received, 0, BLOCK);
    applyKeyStream(received, sealed.array(), sealed.at() + BLOCK, length, out, outAt);
    synthesize(out, outAt, length);
    if (!MessageDigest.isEqual(synthetic, received)) {
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
      AesCmac.xor(message, length - BLOCK, sum);
      mac.mac(length, synthetic);
    } else {
      AesCmac.doubled(sum);
      System.arraycopy(sum, 0, message, 0, BLOCK);
      for (int i = 0; i < length; i++) {
        message[i] ^= text[at + i];
      }
      message[length] ^= (byte) 0x80;
      mac.mac(BLOCK, synthetic);
    }
  }

  /** CTR mode (RFC 5297, section 2.5): the counter starts at {@code iv} with two bits cleared. */
  private void applyKeyStream(byte[] iv, byte[] in, int inAt, int length, byte[] out, int outAt) {
    int padded = (length + BLOCK - 1) / BLOCK * BLOCK;
    if (padded == 0) {
      return;
    }
    if (counters.length < padded) {
      counters = new byte[padded * 2];
      keyStream = new byte[padded * 2];
    }
    System.arraycopy(iv, 0, counters, 0, BLOCK);
    counters[8] &= 0x7F;
    counters[12] &= 0x7F;
    for (int i = BLOCK; i < padded; i += BLOCK) {
      System.arraycopy(counters, i - BLOCK, counters, i, BLOCK);
      // The cleared bits leave room for 2^31 blocks before a carry could leave these four octets.
      for (int j = i + BLOCK - 1; j >= i + BLOCK - 4 && ++counters[j] == 0; j--) {}
    }
    try {
      ecb.doFinal(counters, 0, padded, keyStream, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks were enciphered into room for them", e);
    }
    for (int i = 0; i < length; i++) {
      out[outAt + i] = (byte) (in[inAt + i] ^ keyStream[i]);
    }
  }
}
