package org.timeball.core.brain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.UpstreamSettings;

/** Settings of which a test says what matters to it. */
final class TestSettings {
  private TestSettings() {}

  /** These reference clocks and servers, all else by default. */
  static BrainSettings of(List<SourceSettings> refclocks, List<UpstreamSettings> servers) {
    BrainSettings usual = BrainSettings.of(refclocks, -20);
    return new BrainSettings(
        usual.sources(),
        usual.minimumSources(),
        usual.steering(),
        usual.holdoverBound(),
        usual.jumpConfirmation(),
        usual.largestJump(),
        usual.precisionExponent(),
        usual.saveInterval(),
        servers);
  }

  /** A server or peer that is asked every 16 to 64 seconds. */
  static UpstreamSettings upstream(
      String name, UpstreamSettings.Kind kind, Optional<String> keyServer) {
    return new UpstreamSettings(
        AssociationSettings.of(name, 4, 6),
        Standing.PLAIN,
        World.FLOOR,
        0,
        kind,
        keyServer,
        Set.of());
  }
}
