package org.timeball.crypto.x25519;

import java.security.interfaces.XECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/** For one agreement; never written to a file, so it has no encoding. */
final class X25519PrivateKey implements XECPrivateKey {
  private static final long serialVersionUID = 1;

  private final byte[] scalar;

  X25519PrivateKey(byte[] scalar) {
    this.scalar = scalar;
  }

  @Override
  public Optional<byte[]> getScalar() {
    return Optional.of(scalar.clone());
  }

  @Override
  public AlgorithmParameterSpec getParams() {
    return NamedParameterSpec.X25519;
  }

  @Override
  public String getAlgorithm() {
    return "XDH";
  }

  @Override
  public String getFormat() {
    return null;
  }

  @Override
  public byte[] getEncoded() {
    return null;
  }
}
