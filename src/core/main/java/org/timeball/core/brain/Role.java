package org.timeball.core.brain;

import java.util.Optional;

/**
 * What is special about a server's place among others.
 *
 * @param local what is served while no source can be followed, if anything
 * @param standby whose place this server takes when that fails, if it is a standby unit
 */
public record Role(Optional<Local> local, Optional<Standby> standby) {
  /** Serves what its sources say, and nothing without them. */
  public static final Role PLAIN = new Role(Optional.empty(), Optional.empty());

  /**
   * This machine's own clock, served for want of anything better.
   *
   * @param stratum 1 to 15
   * @param orphan whether servers that do the same agree on one of them: the others follow the one
   *     with the smallest address, as a reference identifier (RFC 5905 has no such mode; chrony and
   *     ntpd have)
   * @param waitSeconds how long no source could be followed before this begins
   */
  public record Local(int stratum, boolean orphan, double waitSeconds) {
    public Local {
      if (stratum < 1 || stratum > 15) {
        throw new IllegalArgumentException("stratum " + stratum + " is outside 1 to 15");
      }
    }
  }

  /**
   * A standby unit: follows its partner whatever its own sources say, until the partner fails.
   *
   * @param partner name of the source
   * @param failedAboveSeconds a partner whose error may be larger has failed
   */
  public record Standby(String partner, double failedAboveSeconds) {}
}
