package org.timeball.crypto.x25519;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Makes key pairs for one agreement each. */
final class X25519KeyPairs extends KeyPairGeneratorSpi {
  private SecureRandom random;

  @Override
  public void initialize(int bits, SecureRandom source) {
    if (bits != Byte.SIZE * X25519.SCALAR_SIZE - 1) {
      throw new InvalidParameterException("X25519 has keys of 255 bits, not of " + bits);
    }
    random = source;
  }

  @Override
  public void initialize(AlgorithmParameterSpec curve, SecureRandom source)
      throws InvalidAlgorithmParameterException {
    if (!(curve instanceof NamedParameterSpec named)
        || !named.getName().equals(NamedParameterSpec.X25519.getName())) {
      throw new InvalidAlgorithmParameterException("only X25519 is made here");
    }
    random = source;
  }

  @Override
  public KeyPair generateKeyPair() {
    if (random == null) {
      throw new IllegalStateException("no key pair before initialize says where it comes from");
    }
    byte[] scalar = new byte[X25519.SCALAR_SIZE];
    byte[] point = new byte[X25519.POINT_SIZE];
    X25519.generatePrivateKey(random, scalar);
    X25519.generatePublicKey(scalar, 0, point, 0);
    return new KeyPair(
        new X25519PublicKey(LittleEndian.number(point)), new X25519PrivateKey(scalar));
  }
}
