package org.timeball.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.process.KernelRandom;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.NtsSettings;
import org.timeball.server.nts.NtsPlaces;
import org.timeball.server.nts.NtsService;

/** Network Time Security for clients, as the configuration has it. */
final class NtsServing {
  /** Name of the file in the state directory. */
  private static final String COOKIE_KEYS = "cookie-keys";

  private NtsServing() {}

  /** The service, not started; empty if the configuration has none. */
  static Optional<NtsService> of(
      Configuration configuration, Path stateDirectory, HostClock clock) {
    return configuration
        .nts()
        .map(settings ->
            new NtsService(
                places(settings, stateDirectory, configuration.listeners().getFirst().port()),
                clock::nowUnixNanos,
                new KernelRandom()::fill));
  }

  private static NtsPlaces places(NtsSettings settings, Path stateDirectory, int usualNtpPort) {
    List<InetSocketAddress> addresses =
        settings.addresses().isEmpty()
            ? List.of(new InetSocketAddress(settings.port()))
            : settings.addresses().stream()
                .map(address -> new InetSocketAddress(address, settings.port()))
                .toList();
    return new NtsPlaces(
        settings.certificate(),
        settings.privateKey(),
        settings.cookieKeys().orElse(stateDirectory.resolve(COOKIE_KEYS)),
        addresses,
        settings.ntpServer(),
        settings.ntpPort().orElse(usualNtpPort));
  }
}
