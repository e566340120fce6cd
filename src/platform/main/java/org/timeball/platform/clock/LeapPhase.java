package org.timeball.platform.clock;

/** Where a clock is with a leap second: the kernel's clock states of RFC 1589. */
public enum LeapPhase {
  /** Nothing asked for (TIME_OK). */
  NONE,
  /** A second will be inserted at the end of the UTC day (TIME_INS). */
  INSERT_ARMED,
  /** The last second of the UTC day will be left out (TIME_DEL). */
  DELETE_ARMED,
  /** Within the inserted second (TIME_OOP). */
  INSERTING,
  /** Done, and not yet disarmed: it will not happen again (TIME_WAIT). */
  DONE
}
