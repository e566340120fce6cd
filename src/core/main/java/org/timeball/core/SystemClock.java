package org.timeball.core;

import org.timeball.time.Leap;

/**
 * The clock that is steered. Three rooms make one: the kernel's and the user-space one in {@code
 * platform}, the simulated one in {@code sim}. Methods may be called from the brain's thread only,
 * except {@link #read} and {@link #servedUnixNanos}.
 */
public interface SystemClock {
  /** Both scales at the same moment. */
  ClockReading read();

  /** What the steered clock shows now, for a reply: the cheapest possible reading. */
  long servedUnixNanos();

  /**
   * Sets the rate against the raw scale; see {@link Action.SetFrequency}.
   *
   * @return the rate that was set, which the clock's resolution or limits may have changed
   * @throws ClockException if the kernel refuses; the message says why and what to do
   */
  double setFrequency(double frequency) throws ClockException;

  /**
   * Hands an offset to the clock's own loop; see {@link Action.LockPhase}.
   *
   * @throws ClockException if the clock has no loop, or the kernel refuses
   */
  default void lockPhase(double offset, int timeConstant) throws ClockException {
    throw new ClockException(
        "this clock has no loop of its own; set discipline = \"own\" in [clock], or steer the"
            + " kernel's clock");
  }

  /** Moves the clock at once. */
  void step(long nanos) throws ClockException;

  /** Tells the kernel how good its clock is; a user-space clock keeps it for status. */
  void reportQuality(boolean synchronised, double maximumError, double estimatedError)
      throws ClockException;

  /** Arms or disarms a leap second at the end of the UTC day. */
  void armLeap(Leap leap) throws ClockException;

  /** Sets TAI − UTC in seconds. */
  void setTai(int seconds) throws ClockException;

  /** The clock would not do it. */
  final class ClockException extends Exception {
    private static final long serialVersionUID = 1L;

    public ClockException(String message) {
      super(message);
    }
  }
}
