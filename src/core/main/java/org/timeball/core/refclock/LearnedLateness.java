package org.timeball.core.refclock;

/**
 * How late one kind of sentence of one receiver has been found to be; kept across restarts.
 *
 * @param refclock name of the refclock whose labels these are
 * @param kind sentence kind
 * @param mean seconds from the second to the start of its sentence
 * @param spread standard deviation in seconds
 */
public record LearnedLateness(String refclock, String kind, double mean, double spread) {
  public LearnedLateness {
    if (!(Math.abs(mean) < 5) || !(spread >= 0 && spread < 1)) {
      throw new IllegalArgumentException(
          "lateness " + mean + " ± " + spread + " s of " + refclock + " " + kind + " cannot be");
    }
  }
}
