package org.timeball.server.config;

import java.util.Optional;
import java.util.OptionalDouble;
import org.timeball.core.select.Standing;
import org.timeball.spi.LineNeed;
import org.timeball.time.ReferenceId;

/**
 * A table {@code [[refclock]]}: one reference clock, that is, one receiver with everything that
 * comes from it.
 *
 * @param name its id in status, logs and commands
 * @param referenceId what replies name as reference while this clock is followed
 * @param driver decodes what the receiver says
 * @param pulse decodes the receiver's pulses, if it has a line for them
 * @param labelLateness seconds from the second to the sentence that names it, if the operator knows
 * @param pulseDelay seconds from the second to the stamp of its pulse
 * @param pulseUncertainty seconds by which all pulses may be wrong in the same direction
 * @param standing what the operator thinks of it
 */
public record RefclockSettings(
    String name,
    ReferenceId referenceId,
    DriverChoice driver,
    Optional<DriverChoice> pulse,
    OptionalDouble labelLateness,
    double pulseDelay,
    double pulseUncertainty,
    Standing standing) {

  /** The name of the driver's own line in status and logs. */
  public String driverLine() {
    return name;
  }

  /** The name of the line that the pulses come by; empty if none do. */
  public String pulseLine() {
    if (pulse.isPresent()) {
      // No name has a full stop, so this one is nobody else's.
      return name + ".pulse";
    }
    return driver.line() instanceof LineNeed.Pulses ? name : "";
  }
}
