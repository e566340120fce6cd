package org.timeball.crypto.x25519;

import java.security.Key;
import java.security.interfaces.XECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;

/** What both halves of a key pair say of themselves. Never written to a file: no encoding. */
abstract class X25519Key implements XECKey, Key {
  private static final long serialVersionUID = 1;

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
