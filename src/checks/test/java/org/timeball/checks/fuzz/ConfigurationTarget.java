package org.timeball.checks.fuzz;

import java.time.LocalDate;
import java.util.List;
import org.timeball.server.InstalledDrivers;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.config.ConfigurationFile;

/** The configuration. */
final class ConfigurationTarget implements FuzzTarget {
  /** The parser of TOML follows nesting on the stack; nobody nests that deep on purpose. */
  private static final int MOST = 4_096;

  private final ConfigurationFile reader =
      new ConfigurationFile(InstalledDrivers.find(), LocalDate.of(2026, 11, 23));

  @Override
  public String name() {
    return "configuration";
  }

  @Override
  public String promise() {
    return "is understood whole or refused with its mistakes";
  }

  @Override
  public List<byte[]> seeds() {
    return Packets.texts(
        """
        [clock]
        steer = "user"
        not-before = 2026-11-24
        step-above = "100 ms"
        [[listen]]
        name = "lan"
        address = ["192.0.2.7", "2001:db8::7"]
        port = 123
        allow = ["192.0.2.0/24"]
        [[refclock]]
        name = "gps"
        driver = "nmea"
        device = "/dev/serial0"
        baud = 9600
        pulse = { device = "/dev/pps0" }
        """,
        """
        [[source]]
        name = "one"
        address = "192.0.2.1"
        min-poll = 4
        max-poll = 10
        key = 7
        [keys]
        file = "/nonexistent/keys"
        [state]
        directory = "/var/lib/timeball"
        [control]
        directory = "/run/timeball"
        """,
        """
        [nts]
        certificate = "/nonexistent/server.pem"
        private-key = "/nonexistent/server-key.pem"
        [leap]
        file = "/usr/share/zoneinfo/leap-seconds.list"
        [log]
        level = "info"
        """);
  }

  @Override
  public void accept(byte[] octets) {
    if (octets.length > MOST) {
      return;
    }
    try {
      reader.parse("fuzzed.toml", Packets.text(octets));
    } catch (ConfigurationException e) {
      Promise.kept(!e.problems().isEmpty(), "refused without a mistake");
    }
  }
}
