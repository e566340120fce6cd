package org.timeball.core.refclock;

import org.timeball.core.Notices;

/** What a refclock tells operators, once for each change. */
final class RefclockNotices {
  private final String name;
  private final Notices notices;
  private Pairing last = Pairing.NO_LABELS;

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

  /** Speaks when a refclock enters the one state that a receiver can stay in for ever. */
  void pairing(Pairing now, Refclock refclock) {
    if (now == Pairing.AMBIGUOUS && last != Pairing.AMBIGUOUS) {
      refclock
          .kinds()
          .forEach((kind, lateness) ->
              notices.warning(
                  "%s: %s", name, RefclockView.ambiguity(kind, lateness.afterPulse().mean())));
    }
    last = now;
  }
}
