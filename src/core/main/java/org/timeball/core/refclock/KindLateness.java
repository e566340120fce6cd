package org.timeball.core.refclock;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How late one kind of sentence starts after the second it names.
 *
 * <p>The trap: a sentence that starts φ after a pulse may be late by φ, or early by 1 − φ, for the
 * pulse to come. Nothing in its arrival tells which. Receivers send after the second, so a small φ
 * is taken as lateness; from {@link #UNAMBIGUOUS} on it is not, and the spread is kept clear of
 * that limit too. Then only something else can settle it: the operator, another kind, a clock that
 * is already right, or what was learned before.
 */
final class KindLateness {
  /** Seconds: half a second less a margin of a tenth. */
  static final double UNAMBIGUOUS = 0.4;

  /** Seconds a pulse may come after the start of the sentence that names it, by jitter alone. */
  private static final double EARLIEST = -0.05;

  private static final int LEARNED_AFTER = 4;
  private static final int ARRIVAL_KNOWN_AFTER = 1;
  private static final double SPREADS = 3;

  /** By then the spread is known. */
  private static final int COMPARED_AFTER = 16;

  /** Seconds; what was learned before must match what is seen now this well. */
  private static final double MATCH = 0.05;

  private final OptionalDouble operator;
  private final Optional<LearnedLateness> restored;
  private final LatenessStatistics afterPulse = new LatenessStatistics();
  private final LatenessStatistics afterSecond = new LatenessStatistics();
  private final LatenessStatistics byClock = new LatenessStatistics();
  private boolean compared;
  private double meanLength;
  private long count;
  private long lastStartRawNanos;
  private long lastBaseNanos;

  KindLateness(OptionalDouble operator, Optional<LearnedLateness> restored) {
    this.operator = operator;
    this.restored = restored;
  }

  /** What settles how late this kind is. */
  enum Settled {
    OPERATOR,
    /** Measured against pulses that were numbered. */
    LEARNED,
    /** Learned in an earlier run and seen to fit. */
    RESTORED,
    /** Arrives so soon after a pulse that it cannot be meant for another. */
    ARRIVAL,
    /** Nothing yet. */
    NOT
  }

  void seen(long startRawNanos, long endRawNanos, long unixNanos) {
    count++;
    meanLength += ((endRawNanos - startRawNanos) * 1e-9 - meanLength) / Math.min(count, 64);
    lastStartRawNanos = startRawNanos;
    lastBaseNanos = startRawNanos - unixNanos;
  }

  /** Its sentence started so many seconds after the last pulse. */
  void seenAfterPulse(double seconds) {
    afterPulse.add(afterPulse.unwrapped(seconds));
  }

  /** Its sentence started so many seconds after the second it names; true if that has changed. */
  boolean seenAfterSecond(double seconds) {
    return afterSecond.add(seconds);
  }

  /** The pulses moved or stopped: where sentences lie between them is to be seen anew. */
  void forgetPulses() {
    afterPulse.reset();
  }

  Settled settled() {
    if (operator.isPresent()) {
      return Settled.OPERATOR;
    }
    if (afterSecond.count() >= LEARNED_AFTER && fits(afterSecond.mean(), afterSecond.spread())) {
      return Settled.LEARNED;
    }
    if (restored.isPresent()
        && afterPulse.count() >= ARRIVAL_KNOWN_AFTER
        && fits(restored.get().mean(), restored.get().spread())) {
      return Settled.RESTORED;
    }
    return isUnambiguousByArrival() ? Settled.ARRIVAL : Settled.NOT;
  }

  /** Seconds from the second to the start of its sentence, if that is settled. */
  OptionalDouble lateness() {
    return switch (settled()) {
      case OPERATOR -> operator;
      case LEARNED -> OptionalDouble.of(afterSecond.mean());
      case RESTORED -> OptionalDouble.of(restored.orElseThrow().mean());
      case ARRIVAL -> OptionalDouble.of(afterPulse.mean());
      case NOT -> OptionalDouble.empty();
    };
  }

  /** Standard deviation of the lateness in seconds, as well as it is known. */
  double spread() {
    return afterSecond.count() > 0 ? afterSecond.spread() : afterPulse.spread();
  }

  /** The lateness of an earlier run, if it turns out to have been another; told once. */
  OptionalDouble takeOtherThanBefore() {
    if (restored.isEmpty() || compared || afterSecond.count() < COMPARED_AFTER) {
      return OptionalDouble.empty();
    }
    compared = true;
    double before = restored.get().mean();
    double noise = SPREADS * Math.max(restored.get().spread(), afterSecond.spread());
    return Math.abs(afterSecond.mean() - before) > MATCH + noise
        ? OptionalDouble.of(before)
        : OptionalDouble.empty();
  }

  /** What is worth keeping, if it was learned against numbered pulses. */
  Optional<LearnedLateness> learned(String refclock, String kind) {
    return afterSecond.count() >= LEARNED_AFTER
        ? Optional.of(new LearnedLateness(refclock, kind, afterSecond.mean(), afterSecond.spread()))
        : restored;
  }

  private boolean isUnambiguousByArrival() {
    return afterPulse.count() >= ARRIVAL_KNOWN_AFTER
        && afterPulse.mean() > EARLIEST
        && afterPulse.mean() + SPREADS * afterPulse.spread() < UNAMBIGUOUS;
  }

  /** Whether a lateness agrees, but for whole seconds, with where sentences lie between pulses. */
  private boolean fits(double lateness, double spread) {
    if (afterPulse.count() == 0) {
      return true;
    }
    double difference = lateness - afterPulse.mean();
    double away = Math.abs(difference - Math.rint(difference));
    return away < MATCH + SPREADS * Math.max(spread, afterPulse.spread());
  }

  double meanLength() {
    return meanLength;
  }

  long count() {
    return count;
  }

  LatenessStatistics afterPulse() {
    return afterPulse;
  }

  LatenessStatistics afterSecond() {
    return afterSecond;
  }

  /** Lateness by the clock's own reckoning, whatever the pulses say. */
  LatenessStatistics byClock() {
    return byClock;
  }

  long lastStartRawNanos() {
    return lastStartRawNanos;
  }

  /** Start of the last sentence minus the moment it named: only differences mean anything. */
  long lastBaseNanos() {
    return lastBaseNanos;
  }
}
