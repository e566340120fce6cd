package org.timeball.platform.line;

/**
 * How long to wait before a lost device is tried again: twice as long each time, up to a limit.
 * Starts again from the shortest once the device has been up for longer than the longest pause, so
 * that one which comes and goes is not opened in a tight loop.
 *
 * @param shortestNanos the first pause
 * @param longestNanos the limit
 */
public record ReopenPause(long shortestNanos, long longestNanos) {
  /** Back within a fifth of a second after a replug, and no more than a try in five seconds. */
  public static final ReopenPause USUAL = new ReopenPause(100_000_000L, 5_000_000_000L);

  public ReopenPause {
    if (shortestNanos <= 0 || longestNanos < shortestNanos) {
      throw new IllegalArgumentException(
          "pauses must grow: " + shortestNanos + " to " + longestNanos + " ns");
    }
  }

  /**
   * The pause after this many failures in a row.
   *
   * @param failures 1 or more
   */
  long after(int failures) {
    long pause = shortestNanos;
    for (int i = 1; i < failures && pause < longestNanos; i++) {
      pause *= 2;
    }
    return Math.min(pause, longestNanos);
  }
}
