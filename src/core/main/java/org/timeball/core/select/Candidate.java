package org.timeball.core.select;

/**
 * A source as selection sees it, everything carried to one moment.
 *
 * @param name for people
 * @param unixNanos what it believes true time is
 * @param rootDistance seconds by which it may be wrong, all the way to true time (RFC 5905, section
 *     11.2)
 * @param stratum its own; 0 for a reference clock
 * @param fit whether it may be followed at all
 */
public record Candidate(
    String name, long unixNanos, double rootDistance, int stratum, Standing standing, Fit fit) {

  /**
   * Whether a source may be followed, before it is compared with others (RFC 5905, section 11.2).
   */
  public enum Fit {
    FIT,
    NOT_PROVEN,
    UNREACHABLE,
    JUMPED,
    /** It serves its own clock, for want of a source. */
    ORPHAN,
    /** It spreads a leap second, and does not show UTC. */
    SMEARED,
    /** The source says itself that it is not synchronised. */
    UNSYNCHRONISED,
    /** It follows us. */
    LOOP,
    /** It follows another source here, which is heard itself. */
    PASSES_ON,
    /** It is not asked at present. */
    OFFLINE,
    /** It told us to go away. */
    REFUSED,
    /** Its certificate is not valid. */
    NOT_CERTIFIED,
    TOO_DISTANT
  }
}
