package org.timeball.sim.receiver;

import java.util.Optional;
import java.util.SplittableRandom;
import org.timeball.time.UtcTime;

/**
 * A receiver that is told the truth and makes of it what a real one would: late sentences, pulses
 * with jitter, and faults. Keeps no state between seconds.
 */
public final class SimulatedReceiver {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Start bit, eight data bits, stop bit. */
  private static final long BITS_PER_OCTET = 10;

  /** Two seconds in a hundred are late for no visible reason, as when the firmware is busy. */
  private static final double BUSY_SHARE = 0.02;

  /** How late those are, at most; measured receivers show 20 to 60 ms. */
  private static final double BUSY_SECONDS = 0.04;

  private static final long WEEKS_PER_ROLLOVER = 1_024;
  private static final long SECONDS_PER_WEEK = 7 * 86_400L;

  private final ReceiverSettings settings;
  private final long seed;

  public SimulatedReceiver(ReceiverSettings settings, long seed) {
    this.settings = settings;
    this.seed = seed;
  }

  /**
   * What the receiver does about one second.
   *
   * @param sinceStart seconds since it was switched on
   * @param utc the true second that begins; its nanos are ignored
   */
  public ReceiverSecond second(long sinceStart, UtcTime utc) {
    // Seeded by the second, so that the answer does not depend on which seconds were asked before.
    SplittableRandom random = new SplittableRandom(seed + 0x9E37_79B9_7F4A_7C15L * sinceStart);
    Moment moment = momentAt(sinceStart, utc);
    double late = lateness(random, sinceStart);
    Optional<PulseShape> pulse =
        moment.hasFix() && !holds(Fault.NoPulses.class, sinceStart)
            ? Optional.of(pulse(random, sinceStart))
            : Optional.empty();
    Optional<Burst> burst =
        holds(Fault.SilentLine.class, sinceStart)
            ? Optional.empty()
            : Optional.of(burst(random, sinceStart, moment, late));
    return new ReceiverSecond(pulse, pulse.flatMap(own -> echo(own, sinceStart)), burst);
  }

  private Optional<PulseShape> echo(PulseShape pulse, long sinceStart) {
    for (FaultWindow window : settings.faults()) {
      if (window.holdsAt(sinceStart)
          && window.fault() instanceof Fault.DoubledPulses(double seconds)) {
        return Optional.of(
            new PulseShape(
                pulse.risingNanos() + nanos(seconds), pulse.fallingNanos() + nanos(seconds)));
      }
    }
    return Optional.empty();
  }

  private Moment momentAt(long sinceStart, UtcTime utc) {
    boolean warm = sinceStart >= settings.secondsToFix();
    boolean fix = warm && !holds(Fault.NoFix.class, sinceStart);
    long shift = 0;
    for (FaultWindow window : settings.faults()) {
      if (window.holdsAt(sinceStart)) {
        shift +=
            switch (window.fault()) {
              case Fault.WrongSecond(int seconds) -> seconds;
              case Fault.WeekRollover(int rollovers) ->
                  -rollovers * WEEKS_PER_ROLLOVER * SECONDS_PER_WEEK;
              case Fault.NoFix ignored -> 0;
              case Fault.SilentLine ignored -> 0;
              case Fault.NoPulses ignored -> 0;
              case Fault.InvertedPulse ignored -> 0;
              case Fault.DoubledPulses ignored -> 0;
              case Fault.LateSentences ignored -> 0;
              case Fault.Noise ignored -> 0;
            };
      }
    }
    UtcTime said =
        shift == 0
            ? new UtcTime(utc.unixSeconds(), 0, utc.leapSecond())
            : new UtcTime(utc.unixSeconds() + shift, 0, false);
    return new Moment(said, warm, fix, sinceStart, seed);
  }

  private double lateness(SplittableRandom random, long sinceStart) {
    double late =
        settings.latenessSeconds() + settings.latenessJitterSeconds() * random.nextGaussian();
    if (random.nextDouble() < BUSY_SHARE) {
      late += BUSY_SECONDS * random.nextDouble();
    }
    for (FaultWindow window : settings.faults()) {
      if (window.holdsAt(sinceStart)
          && window.fault() instanceof Fault.LateSentences(double seconds)) {
        late += seconds;
      }
    }
    // A receiver cannot name a second before it has begun.
    return Math.max(late, 0.001);
  }

  private PulseShape pulse(SplittableRandom random, long sinceStart) {
    long leading = nanos(settings.pulseJitterSeconds() * random.nextGaussian());
    long width = nanos(settings.pulseWidthSeconds());
    return holds(Fault.InvertedPulse.class, sinceStart)
        ? new PulseShape(leading + width, leading)
        : new PulseShape(leading, leading + width);
  }

  private Burst burst(SplittableRandom random, long sinceStart, Moment moment, double late) {
    byte[] octets = Sentences.about(moment, settings);
    for (FaultWindow window : settings.faults()) {
      if (window.holdsAt(sinceStart) && window.fault() instanceof Fault.Noise(double share)) {
        for (int i = 0; i < octets.length; i++) {
          if (random.nextDouble() < share) {
            octets[i] = (byte) random.nextInt(256);
          }
        }
      }
    }
    long octetNanos = BITS_PER_OCTET * NANOS_PER_SECOND / settings.baud();
    return new Burst(nanos(late), octetNanos, octets);
  }

  private boolean holds(Class<? extends Fault> kind, long sinceStart) {
    for (FaultWindow window : settings.faults()) {
      if (window.holdsAt(sinceStart) && kind.isInstance(window.fault())) {
        return true;
      }
    }
    return false;
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS_PER_SECOND);
  }
}
