package org.timeball.server;

import java.nio.file.Path;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.service.ServiceManager;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.line.LineOpener;
import org.timeball.server.peer.NameService;

/**
 * What a daemon runs in, apart from its configuration: this is where a demonstration or a test
 * differs from the service.
 *
 * @param build which program this is
 * @param clock the clock that is steered and served; closed with the daemon
 * @param devices finds the devices of the reference clocks
 * @param stateDirectory where what was learned is kept
 * @param runDirectory where the control socket lies
 * @param reload reads the configuration again
 * @param manager is told how the service is
 * @param names looks up what servers are named
 * @param urgency how the kernel treats our threads and memory
 */
public record Surroundings(
    Build build,
    HostClock clock,
    LineOpener devices,
    Path stateDirectory,
    Path runDirectory,
    ConfigurationSource reload,
    ServiceManager manager,
    NameService names,
    Urgency urgency) {

  /** With the machine's own name service, and nothing urgent. */
  public Surroundings(
      Build build,
      HostClock clock,
      LineOpener devices,
      Path stateDirectory,
      Path runDirectory,
      ConfigurationSource reload,
      ServiceManager manager) {
    this(
        build,
        clock,
        devices,
        stateDirectory,
        runDirectory,
        reload,
        manager,
        NameService.OF_MACHINE,
        Urgency.none());
  }

  /** Reads the configuration when it is asked for. */
  @FunctionalInterface
  public interface ConfigurationSource {
    /** The configuration as it stands now. */
    Configuration read() throws ConfigurationException;
  }
}
