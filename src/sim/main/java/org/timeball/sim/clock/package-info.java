/**
 * Simulated oscillators and the kernel clock on top of them.
 *
 * <p>Start at {@link org.timeball.sim.clock.SimulatedClock}; {@link
 * org.timeball.sim.clock.KernelClockModel} is what {@code adjtimex} does inside.
 */
package org.timeball.sim.clock;
