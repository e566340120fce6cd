package org.timeball.sim.world;

/** A number that differs if anything that was added differs, or its order (FNV-1a, 64 bits). */
public final class Trace {
  private static final long PRIME = 0x100000001b3L;

  private long hash = 0xcbf29ce484222325L;

  public void add(long... values) {
    for (long value : values) {
      mix(value);
    }
  }

  public void add(double... values) {
    for (double value : values) {
      mix(Double.doubleToLongBits(value));
    }
  }

  public void add(byte[] octets) {
    for (byte octet : octets) {
      mix(octet);
    }
  }

  private void mix(long value) {
    // A product moves bits up only; without the fold the upper half of a value would count little.
    hash = (hash ^ value ^ value >>> 32) * PRIME;
  }

  public long hash() {
    return hash;
  }
}
