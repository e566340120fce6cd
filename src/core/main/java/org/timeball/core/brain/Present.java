package org.timeball.core.brain;

import java.util.List;
import java.util.Optional;
import org.timeball.core.ClockReading;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.ValidityPeriod;
import org.timeball.core.source.Belief;
import org.timeball.core.source.RefclockSource;
import org.timeball.core.source.UpstreamSettings;

/**
 * What is known of the present before the clock is right: enough to tell a certificate that has
 * expired from one that has not, and honest about what is assumed.
 *
 * <p>The machine's clock itself is no witness: a board without a battery starts it at any time.
 */
final class Present {
  /** A second for rounding, in seconds. */
  private static final double ROUNDING = 1;

  private static final long DAY_NANOS = 86_400_000_000_000L;

  /**
   * A real-time clock may show local time, and drifts by seconds a day while nobody corrects it.
   */
  private static final long CLOCK_ERROR_NANOS = DAY_NANOS;

  /**
   * Twenty years, chosen: nobody runs a program for longer, and clocks gone mad are further off.
   */
  private static final long LONGEST_SERVICE_NANOS = 20 * 365 * DAY_NANOS;

  private final long floorUnixNanos;
  private final String floorGround;
  private final Optional<ClockReading> realTimeClock;

  /**
   * @param floorUnixNanos no time before this can be true: the program was built then
   * @param lastKnownUnixNanos time at the end of the last run, if it was known
   * @param realTimeClock what a clock with a battery shows, if there is one
   */
  Present(
      long floorUnixNanos,
      Optional<Long> lastKnownUnixNanos,
      Optional<ClockReading> realTimeClock) {
    this.realTimeClock = realTimeClock;
    if (lastKnownUnixNanos.isPresent() && lastKnownUnixNanos.get() > floorUnixNanos) {
      this.floorUnixNanos = lastKnownUnixNanos.get();
      floorGround = "the last run ended on " + ValidityPeriod.day(this.floorUnixNanos);
    } else {
      this.floorUnixNanos = floorUnixNanos;
      floorGround = "this program was built on " + ValidityPeriod.day(floorUnixNanos);
    }
  }

  /** What is known when the brain begins. */
  static Present of(BrainSettings settings, LearnedState learned, NtsSetup nts) {
    return new Present(
        settings.servers().stream().mapToLong(UpstreamSettings::floorUnixNanos).max().orElse(0),
        learned.lastKnown(),
        nts.realTimeClock());
  }

  /** The best there is now. */
  RoughTime at(long nowRaw, Optional<Belief> truth, List<RefclockSource> refclocks) {
    if (truth.isPresent()) {
      return known(truth.get().at(nowRaw));
    }
    for (RefclockSource refclock : refclocks) {
      Optional<Belief> belief = refclock.belief(nowRaw);
      if (belief.isPresent()) {
        return assumed(
            belief.get().unixNanos(),
            Math.round((belief.get().bound() + ROUNDING) * 1e9),
            "only %s says that it is %s"
                .formatted(refclock.name(), ValidityPeriod.day(belief.get().unixNanos())));
      }
    }
    return realTimeClock
        .map(c -> c.unixNanos() + nowRaw - c.rawNanos())
        .filter(this::isPlausible)
        .map(unix ->
            assumed(
                unix,
                CLOCK_ERROR_NANOS,
                "only the real-time clock says that it is " + ValidityPeriod.day(unix)))
        .orElseGet(() ->
            new RoughTime(
                floorUnixNanos,
                floorUnixNanos + LONGEST_SERVICE_NANOS,
                false,
                "nothing tells the time yet but that " + floorGround));
  }

  /** Time as it is known while the server is synchronised, or as a source believes it. */
  static RoughTime known(Belief belief) {
    return RoughTime.known(
        belief.unixNanos(),
        belief.bound() + ROUNDING,
        "it is " + ValidityPeriod.day(belief.unixNanos()));
  }

  private RoughTime assumed(long unixNanos, long errorNanos, String ground) {
    return new RoughTime(unixNanos - errorNanos, unixNanos + errorNanos, false, ground);
  }

  private boolean isPlausible(long unixNanos) {
    return unixNanos >= floorUnixNanos - CLOCK_ERROR_NANOS
        && unixNanos <= floorUnixNanos + LONGEST_SERVICE_NANOS;
  }
}
