package org.timeball.core.nts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * When a certificate and all that vouch for it are valid.
 *
 * @param fromUnixNanos its first moment
 * @param untilUnixNanos its last moment
 */
public record ValidityPeriod(long fromUnixNanos, long untilUnixNanos) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The period from one second to another; what nanoseconds cannot tell counts as the far end. */
  public static ValidityPeriod ofSeconds(long from, long until) {
    return new ValidityPeriod(nanos(from), nanos(until));
  }

  private static long nanos(long seconds) {
    long most = Long.MAX_VALUE / NANOS_PER_SECOND;
    return Math.clamp(seconds, -most, most) * NANOS_PER_SECOND;
  }

  /** Whether the present, as far as it is known, may lie in it. */
  public boolean mayInclude(RoughTime present) {
    return present.latestUnixNanos() >= fromUnixNanos
        && present.earliestUnixNanos() <= untilUnixNanos;
  }

  /** A moment in it at which the present may be; only if there is one. */
  public long commonWith(RoughTime present) {
    return Math.max(fromUnixNanos, present.earliestUnixNanos());
  }

  /** Why the present cannot lie in it, as a phrase for people. */
  public String missedBy(RoughTime present) {
    return present.latestUnixNanos() < fromUnixNanos
        ? "the certificate is valid from %s only, and %s"
            .formatted(day(fromUnixNanos), present.ground())
        : "the certificate expired on %s, and %s".formatted(day(untilUnixNanos), present.ground());
  }

  /** The day of a moment in UTC, for people. */
  public static LocalDate day(long unixNanos) {
    return Instant.ofEpochSecond(Math.floorDiv(unixNanos, NANOS_PER_SECOND))
        .atZone(ZoneOffset.UTC)
        .toLocalDate();
  }

  @Override
  public String toString() {
    return day(fromUnixNanos) + " to " + day(untilUnixNanos);
  }
}
