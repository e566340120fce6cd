package org.timeball.server.config;

import java.util.Optional;
import org.timeball.time.ReferenceId;

/**
 * A table {@code [[refclock]]}: one reference clock, that is, one receiver with everything that
 * comes from it.
 *
 * @param name its id in status, logs and commands
 * @param referenceId what replies name as reference while this clock is followed
 * @param driver decodes what the receiver says
 * @param pulse decodes the receiver's pulses, if it has a line for them
 */
public record RefclockSettings(
    String name, ReferenceId referenceId, DriverChoice driver, Optional<DriverChoice> pulse) {}
