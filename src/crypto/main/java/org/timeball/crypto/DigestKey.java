package org.timeball.crypto;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.timeball.core.keys.KeyAlgorithm;
import org.timeball.core.packet.PacketKey;

/**
 * The digest of secret and packet, one after the other (RFC 5905, section 7.3). For one thread;
 * allocates nothing for a packet.
 */
final class DigestKey implements PacketKey {
  private final MessageDigest digest;
  private final byte[] secret;
  private final byte[] made;
  private byte[] message = new byte[256];

  DigestKey(KeyAlgorithm algorithm, byte[] secret) {
    this.secret = secret;
    made = new byte[algorithm.digestLength()];
    String name =
        switch (algorithm) {
          case MD5 -> "MD5";
          case SHA1 -> "SHA-1";
          case SHA256 -> "SHA-256";
          case SHA384 -> "SHA-384";
          case SHA512 -> "SHA-512";
          case AES128, AES256 -> throw new IllegalArgumentException(algorithm + " is no digest");
        };
    try {
      digest = MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name + ", but this one has not", e);
    }
  }

  @Override
  public int digestLength() {
    return made.length;
  }

  @Override
  public void write(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
    make(packet, at, length);
    packet.put(digestAt, made, 0, digestLength);
  }

  @Override
  public boolean verify(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
    make(packet, at, length);
    return ConstantTime.isEqual(made, packet, digestAt, digestLength);
  }

  private void make(ByteBuffer packet, int at, int length) {
    if (message.length < length) {
      message = new byte[2 * length];
    }
    packet.get(at, message, 0, length);
    digest.update(secret);
    digest.update(message, 0, length);
    try {
      digest.digest(made, 0, made.length);
    } catch (DigestException e) {
      throw new IllegalStateException("there is room for exactly the digest", e);
    }
  }
}
