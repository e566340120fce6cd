/**
 * Pulses that begin seconds, from a pulse device (RFC 2783).
 *
 * <p>Start at {@link org.timeball.driver.pps.PpsDriver}. {@link org.timeball.driver.pps.PulseShape}
 * finds which edge leads, {@link org.timeball.driver.pps.Beat} refuses what comes between the
 * pulses. How far a pulse is from where it should be is not judged here: that needs an estimate.
 *
 * <p>Invariants: no pulse is handed over before the leading edge is known and three pulses kept the
 * beat; a single edge, wherever it comes, changes nothing.
 */
package org.timeball.driver.pps;
