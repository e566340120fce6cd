package org.timeball.core.refclock;

import org.timeball.core.Notices;

/** What a refclock tells operators, once for each change. */
final class RefclockNotices {
  private final String name;
  private final Notices notices;

  /** Seconds a link must be broken before it is worth a word; many mend by themselves. */
  private static final int LASTING = 5;

  private Pairing last = Pairing.NO_LABELS;
  private Pairing pending = Pairing.NO_LABELS;
  private int pendingFor;
  private boolean wasLost;

  RefclockNotices(String name, Notices notices) {
    this.name = name;
    this.notices = notices;
  }

  void numbered(String kind, double lateness, double spread) {
    notices.info(
        "%s: pulses are numbered; %s starts %.0f ms after its second (spread %.0f ms)",
        name, kind, lateness * 1e3, spread * 1e3);
  }

  void contradicted(long nanos) {
    notices.warning(
        "%s: labels have begun to name a second that is %+d s from what the pulses count to; the"
            + " clock holds over until they agree",
        name, nanos / 1_000_000_000L);
  }

  void renumbered(long nanos) {
    notices.warning(
        "%s: pulses are numbered anew, %+d s from before, because %d labels in a row said so",
        name, nanos / 1_000_000_000L, PulseNumbering.VOTES_TO_CHANGE);
  }

  void pulsesMoved(double seconds) {
    notices.warning(
        "%s: all pulses now come %+.1f ms from where they came before; if by as much as the pulse"
            + " is long, the line is stamped on the wrong edge",
        name, seconds * 1e3);
  }

  void latenessChanged(String kind, double before, double after) {
    notices.warning(
        "%s: %s now starts %.0f ms after its second, before %.0f ms: the receiver sends other"
            + " sentences, or its pulses are stamped on another edge",
        name, kind, after * 1e3, before * 1e3);
  }

  void latenessOther(String kind, double now, double before) {
    notices.warning(
        "%s: %s starts %.0f ms after its second, in the earlier run %.0f ms. If the receiver was"
            + " not changed, its pulses are stamped on another edge than before",
        name, kind, now * 1e3, before * 1e3);
  }

  /** Speaks of links that break in service or never come to hold, and of their return. */
  void pairing(Pairing now, Refclock refclock) {
    if (now == last) {
      pending = last;
      return;
    }
    if (now != pending) {
      pending = now;
      pendingFor = 0;
    }
    boolean good = now == Pairing.NUMBERED || now == Pairing.LABELS_ONLY;
    if (!good && ++pendingFor < LASTING) {
      return;
    }
    switch (now) {
      case AMBIGUOUS -> refclock.kinds().forEach(this::ambiguous);
      case NO_FIX -> notices.warning("%s: the receiver says that it has no fix", name);
      case BEFORE_FLOOR ->
          notices.warning("%s: the receiver's dates lie before this program was built", name);
      case NO_LABELS -> notices.warning("%s: no sentence comes any more", name);
      case NO_PULSES -> notices.warning("%s: no pulse comes", name);
      case NO_BEAT, INCOHERENT, COUNTING, CONTRADICTED, NUMBERED_BY_CLOCK -> {}
      case PULSES_MOVED ->
          notices.error(
              "%s: the pulses have moved and the sentences have not: probably the wrong edge;"
                  + " pulses are not used",
              name);
      case NUMBERED -> {
        if (wasLost) {
          notices.info("%s: sentences and pulses agree again", name);
        }
      }
      case LABELS_ONLY -> {
        if (wasLost) {
          notices.info("%s: sentences come again", name);
        }
      }
    }
    wasLost = !good && (wasLost || last == Pairing.NUMBERED || last == Pairing.LABELS_ONLY);
    last = now;
  }

  private void ambiguous(String kind, KindLateness lateness) {
    notices.warning("%s: %s", name, RefclockView.ambiguity(kind, lateness.afterPulse().mean()));
  }
}
