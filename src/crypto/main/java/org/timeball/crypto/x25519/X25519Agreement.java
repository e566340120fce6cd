package org.timeball.crypto.x25519;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.interfaces.XECKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Agrees upon a secret of 32 octets (RFC 7748, section 6.1). */
final class X25519Agreement extends KeyAgreementSpi {
  private byte[] scalar;
  private byte[] secret;

  @Override
  protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
    secret = null;
    if (!(key instanceof XECPrivateKey own) || !isOfCurve(own)) {
      throw new InvalidKeyException("not a private key of X25519");
    }
    scalar =
        own.getScalar()
            .orElseThrow(() -> new InvalidKeyException("the private key does not show itself"));
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec parameters, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (parameters != null) {
      throw new InvalidAlgorithmParameterException("X25519 takes no parameters");
    }
    engineInit(key, random);
  }

  /**
   * @throws InvalidKeyException also for a point of small order, with which the secret would be
   *     nought whatever the private key is (RFC 8446, section 7.4.2)
   */
  @Override
  protected Key engineDoPhase(Key key, boolean isLast) throws InvalidKeyException {
    if (scalar == null || !isLast) {
      throw new IllegalStateException("X25519 has one phase, after a private key was given");
    }
    if (!(key instanceof XECPublicKey other) || !isOfCurve(other)) {
      throw new InvalidKeyException("not a public key of X25519");
    }
    byte[] point = LittleEndian.octets(other.getU(), X25519.POINT_SIZE);
    byte[] agreed = new byte[X25519.POINT_SIZE];
    if (!X25519.calculateAgreement(scalar, 0, point, 0, agreed, 0)) {
      throw new InvalidKeyException("the public key is a point of small order");
    }
    secret = agreed;
    return null;
  }

  private static boolean isOfCurve(XECKey key) {
    return key.getParams() instanceof NamedParameterSpec curve
        && curve.getName().equals(NamedParameterSpec.X25519.getName());
  }

  @Override
  protected byte[] engineGenerateSecret() {
    if (secret == null) {
      throw new IllegalStateException("there is no secret before the other's public key was given");
    }
    byte[] given = secret;
    secret = null;
    return given;
  }

  @Override
  protected int engineGenerateSecret(byte[] out, int at) throws ShortBufferException {
    if (out.length - at < X25519.POINT_SIZE) {
      throw new ShortBufferException("the secret takes " + X25519.POINT_SIZE + " octets");
    }
    System.arraycopy(engineGenerateSecret(), 0, out, at, X25519.POINT_SIZE);
    return X25519.POINT_SIZE;
  }

  @Override
  protected SecretKey engineGenerateSecret(String algorithm) {
    return new SecretKeySpec(engineGenerateSecret(), algorithm);
  }
}
