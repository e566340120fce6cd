package org.timeball.core.nts;

/**
 * Between which moments the present lies, for checking certificates while the clock may be wrong.
 *
 * @param earliestUnixNanos it is certainly not before this
 * @param latestUnixNanos it is hardly after this
 * @param isKnown whether sources of time say so; otherwise it is assumed
 * @param ground how we know, as a clause for people
 */
public record RoughTime(
    long earliestUnixNanos, long latestUnixNanos, boolean isKnown, String ground) {
  public RoughTime {
    if (latestUnixNanos < earliestUnixNanos) {
      throw new IllegalArgumentException("the present ends before it begins");
    }
  }

  /** Time that is known to within an error. */
  public static RoughTime known(long unixNanos, double errorSeconds, String ground) {
    long error = (long) Math.ceil(Math.clamp(errorSeconds, 0, 3e9) * 1e9);
    return new RoughTime(
        Math.subtractExact(unixNanos, error), Math.addExact(unixNanos, error), true, ground);
  }
}
