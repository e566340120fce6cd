package org.timeball.core.keys;

import java.util.HexFormat;

/**
 * One key, without anything that would make its secret visible by accident.
 *
 * @param id identifier on the wire, 1 to 4294967295
 */
public record SymmetricKey(long id, KeyAlgorithm algorithm, Secret secret) {
  /** The largest identifier: it has 32 bits on the wire. */
  public static final long LARGEST_ID = 0xFFFF_FFFFL;

  /** The identifier as it stands on the wire. */
  public int wireId() {
    return (int) id;
  }

  /** Octets that nobody should see; equal if the octets are. */
  public static final class Secret {
    private final String hex;

    /** Keeps a copy. */
    public Secret(byte[] octets) {
      this.hex = HexFormat.of().formatHex(octets);
    }

    /** A fresh array. */
    public byte[] octets() {
      return HexFormat.of().parseHex(hex);
    }

    /** How many octets. */
    public int length() {
      return hex.length() / 2;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Secret secret && secret.hex.equals(hex);
    }

    @Override
    public int hashCode() {
      return hex.hashCode();
    }

    @Override
    public String toString() {
      return length() + " octets";
    }
  }
}
