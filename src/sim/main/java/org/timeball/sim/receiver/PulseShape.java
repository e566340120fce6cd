package org.timeball.sim.receiver;

/**
 * The two edges of one pulse, in nanoseconds after the true beginning of its second; jitter may put
 * the first before it.
 *
 * @param risingNanos when the line went up
 * @param fallingNanos when it went down
 */
public record PulseShape(long risingNanos, long fallingNanos) {}
