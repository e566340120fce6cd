package org.timeball.core.server;

/**
 * How often one client may ask.
 *
 * @param intervalNanos the mean distance of requests that is granted for good, above 0
 * @param burst how many may come at once after a rest, at least 1
 * @param kissIntervalNanos the least distance of two kisses of death to one client; 0 for none at
 *     all
 * @param kissesPerSecond the most kisses to all clients together
 * @param ipv6PrefixLength bits of an IPv6 address that make one client, 1 to 128: a host can take
 *     any address of its network, so a whole address says little
 */
public record RateLimit(
    long intervalNanos,
    int burst,
    long kissIntervalNanos,
    int kissesPerSecond,
    int ipv6PrefixLength) {

  /**
   * Two requests a second for good, eight at once, and a word to those who ask more: no client that
   * keeps to RFC 5905 comes near it, not even in a burst at its start.
   */
  public static final RateLimit DEFAULT = new RateLimit(500_000_000L, 8, 4_000_000_000L, 100, 64);

  public RateLimit {
    if (intervalNanos <= 0) {
      throw new IllegalArgumentException("interval " + intervalNanos + " ns is not above 0");
    }
    if (burst < 1) {
      throw new IllegalArgumentException("burst " + burst + " would answer nobody");
    }
    if (kissIntervalNanos < 0 || kissesPerSecond < 0) {
      throw new IllegalArgumentException("a distance or rate of kisses is below 0");
    }
    if (ipv6PrefixLength < 1 || ipv6PrefixLength > 128) {
      throw new IllegalArgumentException(
          "IPv6 prefix of " + ipv6PrefixLength + " bits is outside 1 to 128");
    }
  }
}
