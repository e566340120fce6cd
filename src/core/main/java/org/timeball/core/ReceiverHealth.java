package org.timeball.core;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a receiver is, for status: see {@code org.timeball.spi.Health}.
 *
 * @param fix {@code unknown}, {@code none}, {@code time only}, {@code 2D} or {@code 3D}
 */
public record ReceiverHealth(
    String fix,
    OptionalInt satellitesUsed,
    OptionalInt satellitesInView,
    OptionalDouble signalDecibelHertz,
    String detail) {}
