package org.timeball.core.source;

/**
 * Why a reply is not used: the packet tests of RFC 5905, section 9.2 and section 11.2.3, with the
 * numbers that operators know from ntpd.
 */
public enum PacketTest {
  /** The same reply again. */
  DUPLICATE(1),
  /** It does not answer our last request. */
  BOGUS(2),
  /** A timestamp is missing or runs backwards. */
  INVALID(3),
  /** The server refuses us. */
  ACCESS_DENIED(4),
  /** Its code is wrong or missing. */
  AUTHENTICATION(5),
  /** The server says that it is not synchronised. */
  UNSYNCHRONISED(6),
  /** Root delay or dispersion is beyond reason. */
  HEADER_DISTANCE(7),
  /** The exchange took too long to mean anything. */
  DELAY(8),
  /** The server follows us. */
  LOOP(11),
  /** Not a reply at all: too short, or of another mode or version. */
  FORMAT(12);

  private final int number;

  PacketTest(int number) {
    this.number = number;
  }

  /** The number that ntpd's {@code flash} bits made known. */
  public int number() {
    return number;
  }
}
