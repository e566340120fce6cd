/**
 * What warmth does to the oscillator, learned and taken out.
 *
 * <p>Start at {@link SteadyScale}: the raw scale less what the temperature explains of it. Whoever
 * lives on it has a better oscillator, and never hears of temperatures. {@link TemperatureModel}
 * learns what they explain.
 *
 * <p>Invariant: the steady scale never jumps and never stands still; a coefficient that is learned
 * better changes how the scale goes on, not where it is.
 */
package org.timeball.core.temperature;
