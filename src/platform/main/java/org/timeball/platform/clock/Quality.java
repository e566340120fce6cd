package org.timeball.platform.clock;

/**
 * How good the clock was last said to be.
 *
 * @param maximumError root distance in seconds
 * @param estimatedError in seconds
 */
public record Quality(boolean synchronised, double maximumError, double estimatedError) {
  /** Before anybody said anything: MAXDISP (RFC 5905, section 7.2). */
  public static final Quality UNKNOWN = new Quality(false, 16, 16);
}
