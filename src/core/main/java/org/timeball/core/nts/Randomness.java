package org.timeball.core.nts;

/** Octets that nobody can guess. */
@FunctionalInterface
public interface Randomness {
  /** Fills the whole array. */
  void fill(byte[] octets);
}
