package org.timeball.core.refclock;

/** Which link between a receiver's octets and a sample is the first that is not made. */
public enum Pairing {
  /** No label has come lately. */
  NO_LABELS,
  /** Labels come, and the receiver says that it has no fix. */
  NO_FIX,
  /** Labels come, dated before the floor. */
  BEFORE_FLOOR,
  /** Labels come, and do not advance as time does. */
  INCOHERENT,
  /** Labels are good; no pulse has come lately. */
  NO_PULSES,
  /** Pulses come, and no beat is found yet. */
  NO_BEAT,
  /** Arrival alone cannot tell which pulse the labels mean. */
  AMBIGUOUS,
  /** Labels are being counted towards a number. */
  COUNTING,
  /** Labels steadily name another second than counting does. */
  CONTRADICTED,
  /** All pulses have moved and the labels have not: another edge is stamped. */
  PULSES_MOVED,
  /** Pulses are numbered by a clock that is known well enough; no label confirms them. */
  NUMBERED_BY_CLOCK,
  /** Pulses are numbered. */
  NUMBERED,
  /** There are no pulses to number: labels alone. */
  LABELS_ONLY
}
