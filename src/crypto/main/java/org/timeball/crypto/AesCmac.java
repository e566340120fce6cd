package org.timeball.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-CMAC (RFC 4493, section 2.4) over the JDK's AES.
 *
 * <p>The trap is speed: a call into a JDK cipher costs more than the block it enciphers. So the
 * whole message is laid out first, its last block masked with the right subkey, and enciphered by
 * one AES/CBC call, of which only the last block is kept.
 *
 * <p>Not for several threads.
 */
final class AesCmac {
  static final int BLOCK = 16;

  private static final IvParameterSpec ZERO_IV = new IvParameterSpec(new byte[BLOCK]);

  private final Cipher cbc;
  private final byte[] subkey1 = new byte[BLOCK];
  private final byte[] subkey2 = new byte[BLOCK];
  private byte[] message = new byte[256];
  private byte[] enciphered = new byte[256];

  AesCmac() {
    try {
      cbc = Cipher.getInstance("AES/CBC/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/CBC/NoPadding, but this one has not", e);
    }
  }

  /**
   * Uses the key of 16, 24 or 32 octets at {@code at}, and derives the subkeys (RFC 4493, section
   * 2.3).
   */
  void setKey(byte[] key, int at, int length) {
    try {
      cbc.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, at, length, "AES"), ZERO_IV);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("AES takes keys of 16, 24 or 32 octets, not " + length, e);
    }
    Arrays.fill(message, 0, BLOCK, (byte) 0);
    encipher(BLOCK);
    System.arraycopy(enciphered, 0, subkey1, 0, BLOCK);
    doubled(subkey1);
    System.arraycopy(subkey1, 0, subkey2, 0, BLOCK);
    doubled(subkey2);
  }

  /** Room for a message, to be filled before {@link #mac(int, byte[])}. */
  byte[] message(int length) {
    int needed = (length / BLOCK + 1) * BLOCK;
    if (message.length < needed) {
      message = Arrays.copyOf(message, needed * 2);
      enciphered = new byte[needed * 2];
    }
    return message;
  }

  /**
   * The MAC of the first {@code length} octets of {@link #message} (RFC 4493, section 2.4).
   * Destroys the message.
   */
  void mac(int length, byte[] out) {
    int padded = length;
    byte[] subkey = subkey1;
    if (length == 0 || length % BLOCK != 0) {
      message[padded++] = (byte) 0x80;
      while (padded % BLOCK != 0) {
        message[padded++] = 0;
      }
      subkey = subkey2;
    }
    xor(message, padded - BLOCK, subkey);
    encipher(padded);
    System.arraycopy(enciphered, padded - BLOCK, out, 0, BLOCK);
  }

  /** The MAC of a stretch of an array. */
  void mac(byte[] octets, int at, int length, byte[] out) {
    System.arraycopy(octets, at, message(length), 0, length);
    mac(length, out);
  }

  /**
   * Multiplies by x in GF(2^128) (RFC 5297, section 2.3), without a branch on what may be secret.
   */
  static void doubled(byte[] block) {
    int carry = block[0] >> 7;
    for (int i = 0; i < BLOCK - 1; i++) {
      block[i] = (byte) (block[i] << 1 | Byte.toUnsignedInt(block[i + 1]) >>> 7);
    }
    block[BLOCK - 1] = (byte) (block[BLOCK - 1] << 1 ^ (carry & 0x87));
  }

  static void xor(byte[] target, int at, byte[] block) {
    for (int i = 0; i < BLOCK; i++) {
      target[at + i] ^= block[i];
    }
  }

  private void encipher(int length) {
    try {
      cbc.doFinal(message, 0, length, enciphered, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks were enciphered into room for them", e);
    }
  }
}
