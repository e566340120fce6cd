package org.timeball.crypto.x25519;

import java.math.BigInteger;
import java.security.interfaces.XECPublicKey;

/** For one agreement. */
final class X25519PublicKey extends X25519Key implements XECPublicKey {
  private static final long serialVersionUID = 1;

  private final BigInteger u;

  X25519PublicKey(BigInteger u) {
    this.u = u;
  }

  @Override
  public BigInteger getU() {
    return u;
  }
}
