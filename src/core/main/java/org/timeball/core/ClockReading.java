package org.timeball.core;

/**
 * The two scales read at the same moment: the undisciplined counter and the clock we steer.
 *
 * @param rawNanos the undisciplined scale, arbitrary start
 * @param unixNanos what the steered clock shows
 */
public record ClockReading(long rawNanos, long unixNanos) {}
