package org.timeball.core.server;

/**
 * Whether a peer that nobody configured is answered (symmetric passive, RFC 5905, section 9.2).
 *
 * <p>Differs from the text: no association is made for it, so that strangers cannot take memory or
 * be followed. It gets a plain answer in mode 2 and nothing is remembered; as mode 2 is never
 * answered, nothing can bounce between two servers.
 */
public enum Passive {
  /** Not at all. */
  OFF,
  /** If its packet has the right code of a key that is accepted here. */
  KEYED,
  /** Whoever it is, if it may ask at all. */
  OPEN
}
