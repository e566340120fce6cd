/**
 * A time server for machines that have no receiver: sentences into a real pseudo-terminal at the
 * pace of their line, pulses with jitter, and the machine's own clock as the truth behind them.
 *
 * <p>Start at {@link org.timeball.server.demo.SimulatedStation}. What reads the other ends is the
 * daemon as it is; it never sees the truth.
 */
package org.timeball.server.demo;
