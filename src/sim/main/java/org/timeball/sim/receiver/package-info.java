/**
 * A GPS receiver that is not there: sentences at the pace of its line, pulses with jitter, and the
 * faults that real receivers have.
 *
 * <p>Start at {@link org.timeball.sim.receiver.SimulatedReceiver}.
 *
 * <p>Invariants: what happens in a second depends on the settings, the seed and that second alone;
 * nothing here reads a clock, starts a thread or opens a device.
 */
package org.timeball.sim.receiver;
