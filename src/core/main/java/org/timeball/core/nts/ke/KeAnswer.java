package org.timeball.core.nts.ke;

import org.timeball.core.nts.AeadAlgorithm;

/** What a server makes of a request. */
public sealed interface KeAnswer {
  /**
   * Keys and cookies are due: export the keys, seal the cookies, and send {@link
   * KeServer#response}.
   *
   * @param algorithm the one agreed on
   * @param confirmsCompliance whether the client asked for, and gets, the record that says that its
   *     keys are exported as the standard has it
   */
  record Granted(AeadAlgorithm algorithm, boolean confirmsCompliance) implements KeAnswer {}

  /** Nothing in common with the client: {@link KeServer#response} says so, without cookies. */
  enum NothingInCommon implements KeAnswer {
    /** It speaks no NTPv4. */
    PROTOCOL,
    /** It has none of our algorithms. */
    ALGORITHM
  }

  /** An error. */
  record Refused(KeError error) implements KeAnswer {}
}
