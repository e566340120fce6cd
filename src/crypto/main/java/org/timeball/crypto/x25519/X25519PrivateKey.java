package org.timeball.crypto.x25519;

import java.security.interfaces.XECPrivateKey;
import java.util.Optional;

/** For one agreement. */
final class X25519PrivateKey extends X25519Key implements XECPrivateKey {
  private static final long serialVersionUID = 1;

  private final byte[] scalar;

  X25519PrivateKey(byte[] scalar) {
    this.scalar = scalar;
  }

  @Override
  public Optional<byte[]> getScalar() {
    return Optional.of(scalar.clone());
  }
}
