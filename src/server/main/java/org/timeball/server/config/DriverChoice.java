package org.timeball.server.config;

import org.timeball.spi.DriverProvider;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Settings;

/**
 * One driver with its settings and the line it must be connected to.
 *
 * @param provider makes the driver
 * @param settings checked against what the provider declares
 * @param line what these settings need
 */
public record DriverChoice(DriverProvider provider, Settings settings, LineNeed line) {}
