package org.timeball.core.source;

/**
 * How a server is asked.
 *
 * @param name as in the configuration
 * @param minimumPoll log2 of the shortest interval in seconds, 3 to 17
 * @param maximumPoll log2 of the longest, at least {@code minimumPoll}, at most 17
 */
public record AssociationSettings(String name, int minimumPoll, int maximumPoll) {
  /** One request every 8 s: more often would burden servers that are not ours. */
  public static final int SHORTEST_POLL = 3;

  /** MAXPOLL (RFC 5905, section 7.2). */
  public static final int LONGEST_POLL = 17;

  /** The defaults for a server that nobody said more about: MINPOLL and ntpd's 1024 s. */
  public static AssociationSettings of(String name) {
    return new AssociationSettings(name, 6, 10);
  }

  public AssociationSettings {
    if (minimumPoll < SHORTEST_POLL || maximumPoll > LONGEST_POLL || minimumPoll > maximumPoll) {
      throw new IllegalArgumentException(
          "poll interval 2^"
              + minimumPoll
              + " to 2^"
              + maximumPoll
              + " s: the exponents must be in order and lie within "
              + SHORTEST_POLL
              + " to "
              + LONGEST_POLL);
    }
  }
}
