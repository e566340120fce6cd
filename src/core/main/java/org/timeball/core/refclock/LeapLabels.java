package org.timeball.core.refclock;

import org.timeball.core.Event;

/**
 * Remembers a label 23:59:60: right after it a second less than counted is what is to be expected,
 * and needs no more proof than a first number.
 */
final class LeapLabels {
  /** Nanoseconds after the label in which it explains a missing second: a minute. */
  private static final long EXPLAINS_NANOS = 60_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private boolean seen;
  private long seenRaw;
  private boolean completed;

  void hear(Event.Label label) {
    if (label.utc().leapSecond()) {
      seen = true;
      seenRaw = label.startRawNanos();
    }
  }

  /** How many labels in a row are enough for another number. */
  int votesToChange(long raw) {
    return explains(raw) ? PulseNumbering.VOTES : PulseNumbering.VOTES_TO_CHANGE;
  }

  /** Pulses were numbered anew; whether it was the leap second that did it. */
  boolean complete(long renumberedBy, long raw) {
    completed = renumberedBy == -NANOS_PER_SECOND && explains(raw);
    return completed;
  }

  /** Whether a leap second has been completed; asked once. */
  boolean takeCompleted() {
    boolean was = completed;
    completed = false;
    return was;
  }

  private boolean explains(long raw) {
    return seen && raw - seenRaw < EXPLAINS_NANOS;
  }
}
