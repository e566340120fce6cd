package org.timeball.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
 * one AES/CBC call, of which only the last block is kept. Blocks are handled as two numbers of
 * eight octets, the higher one first; octet by octet took a tenth of an answer with NTS.
 *
 * <p>Not for several threads.
 */
final class AesCmac {
  static final int BLOCK = 16;

  /** Eight octets of an array as one number, the first octet the highest. */
  static final VarHandle OCTETS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final IvParameterSpec ZERO_IV = new IvParameterSpec(new byte[BLOCK]);

  private final Cipher cbc;
  private long subkey1High;
  private long subkey1Low;
  private long subkey2High;
  private long subkey2Low;
  private byte[] message = new byte[256];
  private byte[] enciphered = new byte[256];
  private long high;
  private long low;

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
    write(0, 0, message, 0);
    encipher(BLOCK);
    subkey1High = doubledHigh(high, low);
    subkey1Low = doubledLow(high, low);
    subkey2High = doubledHigh(subkey1High, subkey1Low);
    subkey2Low = doubledLow(subkey1High, subkey1Low);
  }

  /** Room for a message, to be filled before {@link #mac(int)}. */
  byte[] message(int length) {
    int needed = (length / BLOCK + 1) * BLOCK;
    if (message.length < needed) {
      message = Arrays.copyOf(message, needed * 2);
      enciphered = new byte[needed * 2];
    }
    return message;
  }

  /**
   * Makes the MAC of the first {@code length} octets of {@link #message} (RFC 4493, section 2.4),
   * which {@link #high} and {@link #low} then give. Destroys the message.
   */
  void mac(int length) {
    if (length != 0 && length % BLOCK == 0) {
      xor(message, length - BLOCK, subkey1High, subkey1Low);
      encipher(length);
      return;
    }
    int padded = (length / BLOCK + 1) * BLOCK;
    message[length] = (byte) 0x80;
    Arrays.fill(message, length + 1, padded, (byte) 0);
    xor(message, padded - BLOCK, subkey2High, subkey2Low);
    encipher(padded);
  }

  /** Makes the MAC of a stretch of an array. */
  void mac(byte[] octets, int at, int length) {
    System.arraycopy(octets, at, message(length), 0, length);
    mac(length);
  }

  /** The first eight octets of the MAC made last. */
  long high() {
    return high;
  }

  /** The last eight octets of the MAC made last. */
  long low() {
    return low;
  }

  /** Writes the sixteen octets of the MAC made last. */
  void write(byte[] out, int at) {
    write(high, low, out, at);
  }

  static void write(long high, long low, byte[] out, int at) {
    OCTETS.set(out, at, high);
    OCTETS.set(out, at + Long.BYTES, low);
  }

  /**
   * The higher half of a block multiplied by x in GF(2^128) (RFC 5297, section 2.3), without a
   * branch on what may be secret.
   */
  static long doubledHigh(long high, long low) {
    return high << 1 | low >>> 63;
  }

  /** The lower half of a block multiplied by x in GF(2^128). */
  static long doubledLow(long high, long low) {
    return low << 1 ^ (high >> 63 & 0x87);
  }

  static void xor(byte[] target, int at, long high, long low) {
    write(
        (long) OCTETS.get(target, at) ^ high,
        (long) OCTETS.get(target, at + Long.BYTES) ^ low,
        target,
        at);
  }

  private void encipher(int length) {
    try {
      cbc.doFinal(message, 0, length, enciphered, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks were enciphered into room for them", e);
    }
    high = (long) OCTETS.get(enciphered, length - BLOCK);
    low = (long) OCTETS.get(enciphered, length - Long.BYTES);
  }
}
