package org.timeball.checks.fuzz;

import java.util.List;

/** One parser and what it promises whatever it is given. Belongs to one thread. */
interface FuzzTarget {
  /** The word by which it is chosen. */
  String name();

  /** What is promised, as the end of a sentence that begins with the name. */
  String promise();

  /** Octets as the parser expects them, from which others are made by damaging them. */
  List<byte[]> seeds();

  /**
   * Gives the octets to the parser.
   *
   * @throws Throwable if a promise is broken; refusing the octets is none
   */
  void accept(byte[] octets) throws Throwable;
}
