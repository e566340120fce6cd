package org.timeball.spi;

import java.util.List;

/**
 * The front door of a driver, found with {@link java.util.ServiceLoader}. Needs a public
 * constructor without arguments; keeps no state.
 */
public interface DriverProvider {
  /**
   * The word that selects it in the configuration: lower-case letters, digits and hyphens, such as
   * {@code nmea}.
   */
  String name();

  /** One line for people: what it is for. */
  String summary();

  /** The settings it understands, for checking a configuration and for its documentation. */
  List<Setting> settings();

  /**
   * The line it needs under these settings.
   *
   * @throws IllegalArgumentException with a message for the operator, if the settings contradict
   *     each other
   */
  LineNeed line(Settings settings);

  /**
   * Makes one driver. {@code settings} have been checked against {@link #settings()}.
   *
   * @throws IllegalArgumentException with a message for the operator, if the settings contradict
   *     each other
   */
  Driver create(Settings settings, Sink sink);
}
