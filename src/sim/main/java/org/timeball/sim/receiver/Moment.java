package org.timeball.sim.receiver;

import org.timeball.time.UtcTime;

/**
 * What the receiver believes as a second begins.
 *
 * @param utc the second it would name
 * @param hasTime false from switching on until the first fix: time and date fields are empty
 * @param hasFix whether its sentences say that they are valid
 * @param sinceStart seconds since it was switched on
 * @param seed makes one sky differ from another
 */
record Moment(UtcTime utc, boolean hasTime, boolean hasFix, long sinceStart, long seed) {}
