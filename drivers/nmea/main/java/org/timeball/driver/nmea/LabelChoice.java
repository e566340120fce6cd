package org.timeball.driver.nmea;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.timeball.spi.Label.Standing;
import org.timeball.spi.Pace;
import org.timeball.spi.Sink;
import org.timeball.time.UtcTime;

/**
 * Chooses the one kind of sentence that carries the label, says which and why, and judges its
 * moments.
 *
 * <p>Each kind leaves the receiver at another time after its second, so only one may number
 * seconds. It is changed for one reason: it is no longer sent.
 */
final class LabelChoice {
  /** Every kind has been sent once in this time, from a receiver that speaks once a second. */
  private static final long LISTEN_NANOS = 2_500_000_000L;

  /** Chosen: longer than a receiver is quiet while it starts anew. */
  private static final long VANISHED_NANOS = 10_000_000_000L;

  /** The same moment from another talker follows at once; a time that stands still does not. */
  private static final long SAME_BURST_NANOS = 500_000_000L;

  /** So many labels out of pace, one after the other, are worth a sentence. */
  private static final int WORTH_A_NOTICE = 3;

  private final Optional<SentenceKind> configured;
  private final Sink sink;
  private final Pace pace = new Pace();

  private final Map<SentenceKind, Last> heard = new EnumMap<>(SentenceKind.class);
  private final Map<SentenceKind, Last> usable = new EnumMap<>(SentenceKind.class);

  private Optional<SentenceKind> carrier = Optional.empty();
  private boolean listening;
  private long listeningSinceRawNanos;

  private UtcTime lastCarried = UtcTime.ofUnixNanos(0);
  private long lastCarriedRawNanos;
  private boolean carriedBefore;
  private int outOfPace;

  /** When something happened last, if it did. */
  private static final class Last {
    private boolean happened;
    private long rawNanos;

    void happen(long nowRawNanos) {
      happened = true;
      rawNanos = nowRawNanos;
    }

    boolean within(long nanos, long nowRawNanos) {
      return happened && nowRawNanos - rawNanos <= nanos;
    }
  }

  LabelChoice(Optional<SentenceKind> configured, Sink sink) {
    this.configured = configured;
    this.sink = sink;
    forgetWhatWasHeard();
  }

  private void forgetWhatWasHeard() {
    for (SentenceKind kind : SentenceKind.namingTime()) {
      heard.put(kind, new Last());
      usable.put(kind, new Last());
    }
  }

  /** What carries the label; empty until that is known. */
  Optional<SentenceKind> carrier() {
    return carrier;
  }

  /** The line was interrupted. The choice stays: the receiver is most likely the same. */
  void reset() {
    pace.reset();
    forgetWhatWasHeard();
    carriedBefore = false;
    listening = false;
    outOfPace = 0;
  }

  /** A good sentence of this kind came, whatever it said. */
  void hear(SentenceKind kind, long rawNanos) {
    heard.get(kind).happen(rawNanos);
  }

  /** What a moment that the receiver vouches for may be used for. */
  Standing judge(SentenceKind kind, UtcTime utc, long endRawNanos) {
    usable.get(kind).happen(endRawNanos);
    choose(kind, endRawNanos);
    if (carrier.isEmpty()) {
      return Standing.UNCONFIRMED;
    }
    if (carrier.get() != kind) {
      return Standing.SPARE;
    }
    if (carriedBefore
        && utc.equals(lastCarried)
        && endRawNanos - lastCarriedRawNanos < SAME_BURST_NANOS) {
      return Standing.SPARE;
    }
    carriedBefore = true;
    lastCarried = utc;
    lastCarriedRawNanos = endRawNanos;
    boolean proven = pace.isProven();
    Standing standing = pace.judge(utc, endRawNanos);
    if (proven) {
      tell(kind, utc, standing);
    }
    return standing;
  }

  private void choose(SentenceKind kind, long rawNanos) {
    if (configured.isPresent()) {
      if (carrier.isEmpty() && configured.get() == kind) {
        carry(kind, "as the configuration says");
      }
    } else if (carrier.isEmpty()) {
      chooseFirst(kind, rawNanos);
    } else if (carrier.get() != kind && vanished(carrier.get(), rawNanos)) {
      SentenceKind next = best(rawNanos);
      carry(
          next, carrier.get() + " has not been sent for " + VANISHED_NANOS / 1_000_000_000L + " s");
    }
  }

  private void chooseFirst(SentenceKind kind, long rawNanos) {
    if (kind == SentenceKind.RMC) {
      carry(kind, "it has the date and says itself whether it is valid");
    } else if (!listening) {
      listening = true;
      listeningSinceRawNanos = rawNanos;
    } else if (rawNanos - listeningSinceRawNanos >= LISTEN_NANOS) {
      SentenceKind best = best(rawNanos);
      carry(
          best,
          best == SentenceKind.ZDA
              ? "no RMC is sent, and it has the date"
              : "no RMC is sent; the date is taken from ZDA");
    }
  }

  private boolean vanished(SentenceKind kind, long rawNanos) {
    return !heard.get(kind).within(VANISHED_NANOS, rawNanos);
  }

  private SentenceKind best(long rawNanos) {
    for (SentenceKind kind : SentenceKind.namingTime()) {
      if (usable.get(kind).within(LISTEN_NANOS, rawNanos)) {
        return kind;
      }
    }
    throw new IllegalStateException("called without a usable sentence");
  }

  private void carry(SentenceKind kind, String reason) {
    carrier = Optional.of(kind);
    pace.reset();
    carriedBefore = false;
    outOfPace = 0;
    sink.notice(kind + " carries the label: " + reason);
  }

  private void tell(SentenceKind kind, UtcTime utc, Standing standing) {
    if (standing == Standing.CARRIER) {
      if (outOfPace >= WORTH_A_NOTICE) {
        sink.notice(kind + " continues at " + utc + " and numbers seconds again");
      }
      outOfPace = 0;
      return;
    }
    outOfPace++;
    if (outOfPace == WORTH_A_NOTICE) {
      sink.notice(
          String.format(
              Locale.ROOT,
              "%s says %s, %.1f s %s what was due; it numbers no second until it has held for 4 s",
              kind,
              utc,
              Math.abs(pace.deviationSeconds()),
              pace.deviationSeconds() < 0 ? "behind" : "ahead of"));
    }
  }

  /**
   * Whether labels have numbered seconds since the line came up, so that a break in them is one.
   */
  boolean isProven() {
    return pace.isProven();
  }
}
