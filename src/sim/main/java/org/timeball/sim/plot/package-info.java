/**
 * Pictures of a clock: its offset over time and its Allan deviation, as SVG.
 *
 * <p>Start at {@link org.timeball.sim.plot.ClockPlot}.
 */
package org.timeball.sim.plot;
