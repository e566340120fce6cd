package org.timeball.core.source;

/**
 * How a server is asked.
 *
 * @param name as in the configuration
 * @param minimumPoll log2 of the shortest interval in seconds, -4 to 17
 * @param maximumPoll log2 of the longest, at least {@code minimumPoll}, at most 17
 * @param version of the protocol, 1 to 4
 * @param hurried whether a start takes a burst of requests
 * @param keyId identifier of the key that requests and replies are sealed with; 0 for none
 * @param bursts whether each interval takes a burst of requests while the server is reached
 * @param interleaved whether the interleaved mode is tried (RFC 9769)
 */
public record AssociationSettings(
    String name,
    int minimumPoll,
    int maximumPoll,
    int version,
    boolean hurried,
    int keyId,
    boolean bursts,
    boolean interleaved) {
  /** Sixteen requests a second, for servers that are ours on networks that are ours. */
  public static final int SHORTEST_POLL = -4;

  /** MAXPOLL (RFC 5905, section 7.2). */
  public static final int LONGEST_POLL = 17;

  /** MINPOLL (RFC 5905, section 7.2). */
  public static final int USUAL_MINIMUM_POLL = 6;

  /** As ntpd has it: 1024 s. */
  public static final int USUAL_MAXIMUM_POLL = 10;

  /** The present version (RFC 5905, section 7.3). */
  public static final int USUAL_VERSION = 4;

  /** Without bursts later than at the start, and in the basic mode. */
  public AssociationSettings(
      String name, int minimumPoll, int maximumPoll, int version, boolean hurried, int keyId) {
    this(name, minimumPoll, maximumPoll, version, hurried, keyId, false, false);
  }

  /** A server of which only the intervals are known; everything else as is usual. */
  public static AssociationSettings of(String name, int minimumPoll, int maximumPoll) {
    return new AssociationSettings(name, minimumPoll, maximumPoll, USUAL_VERSION, true, 0);
  }

  /** The same by another name. */
  AssociationSettings named(String otherName) {
    return new AssociationSettings(
        otherName, minimumPoll, maximumPoll, version, hurried, keyId, bursts, interleaved);
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
    if (version < 1 || version > USUAL_VERSION) {
      throw new IllegalArgumentException("there is no version " + version + " of NTP to ask in");
    }
  }
}
