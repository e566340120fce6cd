package org.timeball.driver.nmea;

import java.util.List;

/** The kinds of sentences that are read; the talker does not matter. */
enum SentenceKind {
  /** Position, date and time with a validity field: the best label there is. */
  RMC,
  /** Date with four digits, time; no validity field. */
  ZDA,
  /** Fix of several systems, time of day. */
  GNS,
  /** Fix, time of day. */
  GGA,
  /** Position, time of day. */
  GLL,
  /** Satellites in the solution. */
  GSA,
  /** Satellites in view. */
  GSV,
  /** Text, such as the state of the antenna. */
  TXT,
  /** Not read. */
  OTHER;

  private static final int ADDRESS_OCTETS = 5;
  private static final List<SentenceKind> NAMING_TIME = List.of(RMC, ZDA, GNS, GGA, GLL);

  /** The kinds that name a moment, the best label first. */
  static List<SentenceKind> namingTime() {
    return NAMING_TIME;
  }

  boolean namesTime() {
    return this == RMC || this == ZDA || this == GNS || this == GGA || this == GLL;
  }

  /**
   * The kind of a sentence.
   *
   * @param text begins with the address, behind the dollar sign
   * @param addressLength octets up to the first comma
   */
  static SentenceKind of(byte[] text, int addressLength) {
    // P begins a maker's own sentence: $PGRMC is none from talker PG but sets up a Garmin.
    if (addressLength != ADDRESS_OCTETS || text[0] == 'P' || !isTalker(text[0], text[1])) {
      return OTHER;
    }
    return switch ((text[2] << 16) | (text[3] << 8) | text[4]) {
      case ('R' << 16) | ('M' << 8) | 'C' -> RMC;
      case ('Z' << 16) | ('D' << 8) | 'A' -> ZDA;
      case ('G' << 16) | ('N' << 8) | 'S' -> GNS;
      case ('G' << 16) | ('G' << 8) | 'A' -> GGA;
      case ('G' << 16) | ('L' << 8) | 'L' -> GLL;
      case ('G' << 16) | ('S' << 8) | 'A' -> GSA;
      case ('G' << 16) | ('S' << 8) | 'V' -> GSV;
      case ('T' << 16) | ('X' << 8) | 'T' -> TXT;
      default -> OTHER;
    };
  }

  private static boolean isTalker(byte first, byte second) {
    return isLetterOrDigit(first) && isLetterOrDigit(second);
  }

  private static boolean isLetterOrDigit(byte octet) {
    return (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
  }
}
