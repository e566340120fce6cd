package org.timeball.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.timeball.server.config.LeapSettings;

/**
 * The list of leap seconds that the operator or the system keeps. What it says the brain judges.
 */
final class LeapFile {
  private static final Logger LOG = System.getLogger("timeball");

  /** Published lists have about 10 KiB; whatever is larger is none. */
  private static final long MOST_OCTETS = 1 << 20;

  private LeapFile() {}

  /** The text; empty if there is none, which the log tells unless nobody asked for one. */
  static Optional<String> read(LeapSettings settings) {
    Path file = settings.file().orElse(LeapSettings.USUAL_FILE);
    if (settings.file().isEmpty() && !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MOST_OCTETS) {
        throw new IOException("larger than 1 MiB, so hardly a list of leap seconds");
      }
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      LOG.log(
          Logger.Level.WARNING,
          "{0}: cannot be read ({1}); leap seconds are taken from receivers, or from most of the"
              + " servers, or from an earlier list. Put a good one there and run ''timeball"
              + " reload''",
          file,
          e.toString());
      return Optional.empty();
    }
  }
}
