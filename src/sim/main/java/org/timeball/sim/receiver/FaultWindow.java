package org.timeball.sim.receiver;

/**
 * A fault and when it holds.
 *
 * @param fromSecond seconds since the receiver was switched on
 * @param untilSecond the first second that is good again
 * @param fault what is wrong
 */
public record FaultWindow(long fromSecond, long untilSecond, Fault fault) {
  public FaultWindow {
    if (untilSecond < fromSecond) {
      throw new IllegalArgumentException(
          "a fault cannot end at second " + untilSecond + " and begin at " + fromSecond);
    }
  }

  boolean holdsAt(long second) {
    return second >= fromSecond && second < untilSecond;
  }
}
