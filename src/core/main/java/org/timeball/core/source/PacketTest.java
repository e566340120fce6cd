package org.timeball.core.source;

import java.util.Locale;

/**
 * Why a reply is not used: the packet tests of RFC 5905, section 9.2, and the peer tests of its
 * section 11.2.1, with the numbers that operators know from {@code flash} (RFC 9327, section 4).
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
  DELAY(11),
  /** The server follows us. */
  LOOP(12),
  /** Not a reply at all: too short, or of another mode or version. */
  FORMAT(7);

  private final int number;

  PacketTest(int number) {
    this.number = number;
  }

  /** The number of the test: 1 to 7 look at the packet, 11 and 12 at what it says. */
  public int number() {
    return number;
  }

  /** The number and the name, for status: such as {@code 2 bogus}. */
  public String label() {
    return number + " " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
