package org.timeball.core.nts.ke;

import java.util.Optional;

/** The record types that this program knows (RFC 8915, section 4.1 and 7.6). */
public enum KeRecordType {
  END_OF_MESSAGE(0),
  NEXT_PROTOCOL(1),
  ERROR(2),
  WARNING(3),
  AEAD_ALGORITHM(4),
  NEW_COOKIE(5),
  SERVER(6),
  PORT(7),
  /**
   * Registered for chrony: "my keys for AES-128-GCM-SIV are exported as RFC 8915 says". Clients
   * that offer the algorithm without this record may take the number of another algorithm into the
   * exporter's context, and then no packet would ever be authentic.
   */
  COMPLIANT_GCM_SIV(1024);

  private final int number;

  KeRecordType(int number) {
    this.number = number;
  }

  /** The number on the wire, without the critical bit. */
  public int number() {
    return number;
  }

  /** The type of a number, if it is one of these. */
  public static Optional<KeRecordType> ofNumber(int number) {
    for (KeRecordType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
