package org.timeball.cli;

import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.KernelClock;
import org.timeball.platform.clock.MachineClock;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.service.ServiceManager;
import org.timeball.platform.service.Signals;
import org.timeball.server.Build;
import org.timeball.server.Daemon;
import org.timeball.server.InstalledDrivers;
import org.timeball.server.StartFailure;
import org.timeball.server.Surroundings;
import org.timeball.server.SystemDevices;
import org.timeball.server.Urgency;
import org.timeball.server.config.ClockSettings;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.log.LogSetup;
import org.timeball.server.peer.NameService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code timeball run}. */
@Command(
    name = "run",
    description = {
      "Runs the time server until it is told to end by SIGTERM or SIGINT. SIGHUP reloads the"
          + " configuration.",
      "Log lines go to standard error, with journald's priorities under systemd."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "70:a fault of the program; the log has it",
      "74:a socket or the clock cannot be had",
      "78:the configuration has mistakes",
      "143:ended by SIGTERM, as it should be"
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger("timeball");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration, such as /etc/timeball/timeball.toml.")
  private Path file;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Map<String, String> environment = System.getenv();
    Build build = Build.current();
    ConfigurationFile reader = new ConfigurationFile(InstalledDrivers.find(), build.date());
    Configuration configuration = read(reader);
    LogSetup.start(configuration.log().level(), environment, System.err);
    HostClock clock = clock(configuration.clock());
    Surroundings surroundings =
        new Surroundings(
            build,
            clock,
            new SystemDevices(clock),
            RunDirectory.ofState(configuration.state(), environment),
            RunDirectory.ofService(Optional.of(configuration.control()), environment),
            () -> reader.read(file),
            ServiceManager.of(environment),
            NameService.OF_MACHINE,
            Urgency.of(configuration.scheduling()));
    try {
      Daemon daemon = Daemon.start(configuration, surroundings);
      Signals.onTermination(daemon::close);
      switch (Signals.onHangUp(daemon::reload)) {
        case HANDLED -> {}
        case IGNORED ->
            LOG.log(
                Logger.Level.INFO,
                "SIGHUP is ignored, as nohup has it; use 'timeball reload' instead");
        case IMPOSSIBLE ->
            LOG.log(Logger.Level.WARNING, "SIGHUP ends this Java machine; use 'timeball reload'");
      }
      daemon.announce();
      daemon.awaitEnd();
      return ExitCode.OK;
    } catch (StartFailure e) {
      throw new CommandFailure(ExitCode.IO, e.getMessage());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the brain came to a case that cannot be", e.getCause());
    }
  }

  private Configuration read(ConfigurationFile reader) throws CommandFailure {
    try {
      return reader.read(file);
    } catch (ConfigurationException e) {
      throw new CommandFailure(ExitCode.CONFIGURATION, e.getMessage());
    }
  }

  private static HostClock clock(ClockSettings settings) throws CommandFailure {
    try {
      return switch (settings.steer()) {
        case KERNEL -> KernelClock.takeOver();
        case USER -> UserClock.startingAtRealtime();
        case NONE -> new MachineClock();
      };
    } catch (ClockException e) {
      throw new CommandFailure(ExitCode.IO, e.getMessage());
    }
  }
}
