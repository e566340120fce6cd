package org.timeball.spi;

import org.timeball.time.Leap;

/**
 * A complete measurement, for clocks that need no pulse: at {@code rawNanos} true time was {@code
 * unixNanos}.
 *
 * @param uncertaintySeconds one standard deviation, above 0
 * @param leap what the clock announces; {@link Leap#NONE} if it says nothing
 */
public record Sample(long rawNanos, long unixNanos, double uncertaintySeconds, Leap leap) {}
