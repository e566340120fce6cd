package org.timeball.core.source;

/** How far a source has come. */
public enum SourceState {
  /** Nothing good has come for eight intervals. */
  UNREACHABLE,
  /** Something comes; not enough of it has passed to believe it. */
  UNPROVEN,
  /**
   * What comes now is far from what was believed, and has not lasted long enough to be followed.
   */
  JUMPED,
  /** A server that spreads a leap second over hours, and so does not show UTC. */
  SMEARED,
  /** A server that says itself that it is not synchronised. */
  UNSYNCHRONISED,
  /** A server that follows us. */
  LOOP,
  /** A server that is not asked at present: somebody said so, or the network knows no way. */
  OFFLINE,
  /** A server that told us to go away. */
  REFUSED,
  /** A server whose certificate turned out not to be valid now. */
  NOT_CERTIFIED,
  /** So far from true time, or known so badly, that nobody should follow it. */
  TOO_DISTANT,
  /** It was proven, and nothing new comes: its belief grows old. */
  COASTING,
  /** It is proven and heard. */
  READY
}
