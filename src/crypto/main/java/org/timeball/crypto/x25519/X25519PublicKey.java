package org.timeball.crypto.x25519;

import java.math.BigInteger;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;

/** For one agreement; never written to a file, so it has no encoding. */
@SuppressWarnings("serial") // never serialized
record X25519PublicKey(BigInteger u) implements XECPublicKey {
  @Override
  public BigInteger getU() {
    return u;
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
