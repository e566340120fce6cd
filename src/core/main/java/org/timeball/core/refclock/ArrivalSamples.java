package org.timeball.core.refclock;

import java.util.Optional;
import java.util.OptionalDouble;
import org.timeball.core.Event;
import org.timeball.core.refclock.RefclockSample.Basis;

/**
 * Samples from a label's arrival alone: as good as its lateness is known. Where nothing is known of
 * it, a lateness is assumed that may be wrong by most of a second, and only if no pulse can settle
 * it.
 */
final class ArrivalSamples {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Seconds after which a receiver that was to have pulses is used without. */
  private static final double PATIENCE_FOR_PULSES = 60;

  /** Seconds a sentence is assumed to be late, and how wrong that can be. */
  private static final double ASSUMED_LATENESS = 0.25;

  private static final double ASSUMED_LATENESS_BOUND = 0.75;

  /** Seconds by which what an operator or a short acquaintance says of lateness may be wrong. */
  private static final double LATENESS_MARGIN = 0.005;

  private static final double SPREADS = 3;

  private final boolean pulsesExpected;
  private boolean heard;
  private long firstRaw;

  ArrivalSamples(boolean pulsesExpected) {
    this.pulsesExpected = pulsesExpected;
  }

  /**
   * The sample of a label that is believed.
   *
   * @param settled how late its kind is, if that is settled
   * @param pulsesCome whether pulses come, numbered or not
   */
  Optional<RefclockSample> sample(
      Event.Label label, KindLateness kind, OptionalDouble settled, boolean pulsesCome) {
    if (!heard) {
      heard = true;
      firstRaw = label.endRawNanos();
    }
    boolean patient = label.endRawNanos() - firstRaw > PATIENCE_FOR_PULSES * NANOS_PER_SECOND;
    if (settled.isPresent()) {
      double spread = SPREADS * kind.spread() + Math.abs(kind.afterSecond().drift());
      return Optional.of(sample(label, settled.getAsDouble(), LATENESS_MARGIN + spread));
    }
    return !pulsesExpected || (patient && !pulsesCome)
        ? Optional.of(sample(label, ASSUMED_LATENESS, ASSUMED_LATENESS_BOUND))
        : Optional.empty();
  }

  private static RefclockSample sample(Event.Label label, double lateness, double systematic) {
    long raw = label.startRawNanos() - Math.round(lateness * NANOS_PER_SECOND);
    long unix = label.utc().unixSeconds() * (long) NANOS_PER_SECOND + label.utc().nanos();
    return new RefclockSample(raw, unix, Basis.LABEL, systematic);
  }
}
