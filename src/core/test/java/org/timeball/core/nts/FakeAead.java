package org.timeball.core.nts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Looks like an algorithm and hides nothing: for stories in which nobody breaks ciphers. */
public final class FakeAead implements Aead {
  private final AeadAlgorithm algorithm;
  private byte[] key = {};

  public FakeAead(AeadAlgorithm algorithm) {
    this.algorithm = algorithm;
  }

  /** Keys that follow from a secret and a purpose. */
  public static byte[] derive(byte[] secret, byte[] information, int length) {
    byte[] derived = new byte[length];
    new Random(31L * Arrays.hashCode(secret) + Arrays.hashCode(information)).nextBytes(derived);
    return derived;
  }

  @Override
  public AeadAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public void setKey(byte[] octets, int at) {
    key = Arrays.copyOfRange(octets, at, at + algorithm.keyOctets());
  }

  @Override
  public int seal(Octets nonce, Octets associated, Octets text, byte[] out, int outAt) {
    byte[] plain = copy(text);
    byte[] tag = tag(copy(nonce), copy(associated), plain);
    System.arraycopy(tag, 0, out, outAt, tag.length);
    System.arraycopy(plain, 0, out, outAt + tag.length, plain.length);
    return tag.length + plain.length;
  }

  @Override
  public int open(Octets nonce, Octets associated, Octets sealed, byte[] out, int outAt) {
    byte[] all = copy(sealed);
    byte[] plain = Arrays.copyOfRange(all, algorithm.tagOctets(), all.length);
    byte[] tag = tag(copy(nonce), copy(associated), plain);
    if (!Arrays.equals(tag, 0, tag.length, all, 0, tag.length)) {
      return NOT_AUTHENTIC;
    }
    System.arraycopy(plain, 0, out, outAt, plain.length);
    return plain.length;
  }

  private byte[] tag(byte[] nonce, byte[] associated, byte[] plain) {
    return ByteBuffer.allocate(algorithm.tagOctets())
        .putInt(Arrays.hashCode(key))
        .putInt(Arrays.hashCode(nonce))
        .putInt(Arrays.hashCode(associated))
        .putInt(Arrays.hashCode(plain))
        .array();
  }

  private static byte[] copy(Octets octets) {
    return Arrays.copyOfRange(octets.array(), octets.at(), octets.at() + octets.length());
  }
}
