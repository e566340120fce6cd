package org.timeball.spi;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How the receiver is. Sent when something changed, at most once a second.
 *
 * @param fix what the receiver claims
 * @param satellitesUsed satellites in the solution
 * @param satellitesInView satellites it can see
 * @param signalDecibelHertz strength of the fourth-best satellite (C/N0), because four make a fix
 * @param detail one line for people: model, antenna state, what it waits for; may be empty
 */
public record Health(
    Fix fix,
    OptionalInt satellitesUsed,
    OptionalInt satellitesInView,
    OptionalDouble signalDecibelHertz,
    String detail) {
  /** Nothing is known yet. */
  public static final Health UNKNOWN =
      new Health(Fix.UNKNOWN, OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.empty(), "");

  /** What the receiver claims about its position, and so about its time. */
  public enum Fix {
    UNKNOWN,
    NONE,
    TIME_ONLY,
    TWO_D,
    THREE_D
  }

  /** The same but for the fix. */
  public Health withFix(Fix fix) {
    return new Health(fix, satellitesUsed, satellitesInView, signalDecibelHertz, detail);
  }

  /** The same but for the detail. */
  public Health withDetail(String detail) {
    return new Health(fix, satellitesUsed, satellitesInView, signalDecibelHertz, detail);
  }
}
