package org.timeball.server;

import java.util.ServiceLoader;
import org.timeball.server.config.Drivers;
import org.timeball.spi.DriverProvider;

/**
 * The drivers whose jars lie on the class path: those shipped, and those dropped in beside them.
 */
public final class InstalledDrivers {
  private InstalledDrivers() {}

  public static Drivers find() {
    return new Drivers(ServiceLoader.load(DriverProvider.class));
  }
}
