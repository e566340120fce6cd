package org.timeball.core.nts.cookie;

import java.util.HexFormat;
import java.util.OptionalLong;

/** A secret that cookie keys are derived from. Immutable. Its text form never shows the octets. */
public final class CookieSecret {
  /** Octets of a secret. */
  public static final int LENGTH = 32;

  private final byte[] octets;
  private final OptionalLong retiredUnixSeconds;

  private CookieSecret(byte[] octets, OptionalLong retiredUnixSeconds) {
    if (octets.length != LENGTH) {
      throw new IllegalArgumentException(
          "a secret has " + LENGTH + " octets, not " + octets.length);
    }
    this.octets = octets.clone();
    this.retiredUnixSeconds = retiredUnixSeconds;
  }

  /** A secret in use. */
  public static CookieSecret of(byte[] octets) {
    return new CookieSecret(octets, OptionalLong.empty());
  }

  /** The same, no longer used for new cookies from a moment on. */
  CookieSecret retired(long unixSeconds) {
    return new CookieSecret(octets, OptionalLong.of(unixSeconds));
  }

  /** When it was retired, if it was. */
  OptionalLong retiredUnixSeconds() {
    return retiredUnixSeconds;
  }

  byte[] octets() {
    return octets.clone();
  }

  String hex() {
    return HexFormat.of().formatHex(octets);
  }

  @Override
  public String toString() {
    return retiredUnixSeconds.isPresent() ? "retired secret" : "secret";
  }
}
