/**
 * Pulses as the kernel stamped them: {@link org.timeball.platform.pps.PulseDevice} for {@code
 * /dev/ppsN}, {@link org.timeball.platform.pps.SimulatedPulses} for pulses without hardware.
 */
package org.timeball.platform.pps;
