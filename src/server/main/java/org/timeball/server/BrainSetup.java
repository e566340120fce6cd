package org.timeball.server;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.timeball.core.brain.BrainSettings;
import org.timeball.core.broadcast.BroadcastServerSettings;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.server.config.BroadcastSettings;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.NetworkSettings;
import org.timeball.server.config.RefclockSettings;
import org.timeball.server.nts.client.KeyServer;

/** The configuration in the words of the brain. */
final class BrainSetup {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private BrainSetup() {}

  /**
   * The settings.
   *
   * @param builtOn the day this program was built; no time before it can be true
   */
  static BrainSettings settings(
      Configuration configuration, int precisionExponent, LocalDate builtOn) {
    long floor =
        unixNanos(configuration.clock().notBefore().filter(builtOn::isBefore).orElse(builtOn));
    BrainSettings defaults = BrainSettings.of(List.of(), precisionExponent);
    return new BrainSettings(
        configuration.refclocks().stream().map(BrainSetup::source).toList(),
        configuration.clock().minimumSources(),
        configuration.clock().policy(),
        configuration.clock().unsynchronisedAbove(),
        defaults.jumpConfirmation(),
        defaults.largestJump(),
        precisionExponent,
        defaults.saveInterval(),
        configuration.sources().stream().map(s -> upstream(s, floor)).toList(),
        configuration.broadcasts().stream().map(BrainSetup::network).toList(),
        configuration.role());
  }

  private static BroadcastServerSettings network(BroadcastSettings network) {
    return new BroadcastServerSettings(
        network.name(),
        network.destination(),
        network.pollExponent(),
        network.version(),
        network.keyId(),
        network.interleaved());
  }

  private static UpstreamSettings upstream(
      org.timeball.server.config.SourceSettings source, long floorUnixNanos) {
    return new UpstreamSettings(
        new AssociationSettings(
            source.name(),
            source.minimumPoll(),
            source.maximumPoll(),
            source.version(),
            source.hurried(),
            source.keyId(),
            source.bursts(),
            source.interleaved()),
        source.standing(),
        floorUnixNanos,
        source.poolSize(),
        kind(source),
        keyServer(source).map(KeyServer::toString),
        source.network().map(NetworkSettings::senders).orElse(Set.of()));
  }

  private static UpstreamSettings.Kind kind(org.timeball.server.config.SourceSettings source) {
    if (source.isPeer()) {
      return UpstreamSettings.Kind.PEER;
    }
    if (source.searched()) {
      return UpstreamSettings.Kind.MANYCAST;
    }
    return source.isNetwork() ? UpstreamSettings.Kind.BROADCAST : UpstreamSettings.Kind.SERVER;
  }

  /** Where the keys of a server are fetched, if it is asked with Network Time Security. */
  static Optional<KeyServer> keyServer(org.timeball.server.config.SourceSettings source) {
    return source
        .nts()
        .map(nts -> new KeyServer(source.address(), nts.port(), nts.authorities(), source.port()));
  }

  private static SourceSettings source(RefclockSettings refclock) {
    boolean pulsesAlone = refclock.pulseLine().equals(refclock.driverLine());
    return new SourceSettings(
        new org.timeball.core.refclock.RefclockSettings(
            refclock.name(),
            pulsesAlone ? "" : refclock.driverLine(),
            refclock.pulseLine(),
            refclock.labelLateness(),
            refclock.pulseDelay(),
            refclock.pulseUncertainty(),
            unixNanos(refclock.driver().settings().notBefore())),
        refclock.referenceId(),
        refclock.standing());
  }

  private static long unixNanos(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * NANOS_PER_SECOND;
  }
}
