package org.timeball.core.nts.ke;

import java.util.Optional;

/** The error codes of a server (RFC 8915, section 4.1.3). */
public enum KeError {
  UNRECOGNIZED_CRITICAL_RECORD(0, "a critical record that the server does not know"),
  BAD_REQUEST(1, "a request that is incomplete or not well-formed"),
  INTERNAL_SERVER_ERROR(2, "trouble inside the server");

  private final int number;
  private final String meaning;

  KeError(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** The code on the wire. */
  public int number() {
    return number;
  }

  /** In words. */
  public String meaning() {
    return meaning;
  }

  /** The error of a code, if it is one of these. */
  public static Optional<KeError> ofNumber(int number) {
    for (KeError error : values()) {
      if (error.number == number) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }
}
