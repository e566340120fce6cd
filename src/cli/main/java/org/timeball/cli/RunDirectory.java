package org.timeball.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.timeball.server.config.ControlSettings;
import org.timeball.server.config.StateSettings;

/** Where a daemon's control socket and state lie, unless somebody says otherwise. */
final class RunDirectory {
  private RunDirectory() {}

  /** The run directory of the service. */
  static Path ofService(Optional<ControlSettings> control, Map<String, String> environment) {
    return control
        .flatMap(ControlSettings::directory)
        .or(() -> Optional.ofNullable(environment.get("RUNTIME_DIRECTORY")).map(Path::of))
        .orElse(Path.of("/run/timeball"));
  }

  /** Where the service keeps what it learned. */
  static Path ofState(StateSettings state, Map<String, String> environment) {
    return state
        .directory()
        .or(() -> Optional.ofNullable(environment.get("STATE_DIRECTORY")).map(Path::of))
        .orElse(Path.of("/var/lib/timeball"));
  }

  /** The run directory of a demonstration, which belongs to whoever runs it. */
  static Path ofDemonstration(Map<String, String> environment, int port) {
    String own = environment.get("XDG_RUNTIME_DIR");
    return own == null || own.isEmpty()
        ? Path.of(
            System.getProperty("java.io.tmpdir"),
            "timeball-demo-%s-%d".formatted(System.getProperty("user.name"), port))
        : Path.of(own, "timeball-demo-" + port);
  }
}
