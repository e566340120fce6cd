package org.timeball.core.nts;

/**
 * Authenticated encryption with associated data (RFC 5116) under one key at a time. Not for several
 * threads: each packet thread has its own, and changes its key for every packet.
 */
public interface Aead {
  /** Which algorithm this is. */
  AeadAlgorithm algorithm();

  /**
   * Uses another key from now on.
   *
   * @param at where the {@link AeadAlgorithm#keyOctets()} octets of the key begin
   */
  void setKey(byte[] key, int at);

  /**
   * Seals {@code text} so that it opens only with the same key, nonce and associated data.
   *
   * @param out gets {@code text.length + tagOctets} octets; must not overlap {@code text}
   * @return how many octets were written
   */
  int seal(Octets nonce, Octets associated, Octets text, byte[] out, int outAt);

  /**
   * Opens what {@link #seal} made.
   *
   * @param out gets the plain text, or zeros if it is not authentic
   * @return how many octets of plain text there are, or {@link #NOT_AUTHENTIC}
   */
  int open(Octets nonce, Octets associated, Octets sealed, byte[] out, int outAt);

  /** The answer of {@link #open} to anything but what {@link #seal} made. */
  int NOT_AUTHENTIC = -1;
}
