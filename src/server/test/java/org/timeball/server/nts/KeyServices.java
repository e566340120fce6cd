package org.timeball.server.nts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.timeball.core.nts.Randomness;

/** Key servers on a free port of the loopback device, with a fresh authority of their own. */
final class KeyServices {
  /** When the service and its certificate believe to live; any moment would do. */
  static final Instant NOW = ProcessHandle.current().info().startInstant().orElseThrow();

  private KeyServices() {}

  /**
   * Starts one.
   *
   * @param directory for certificates, keys and the keys of cookies
   */
  static NtsService start(Path directory, int deadlineSeconds) throws IOException {
    Randomness randomness = new Random(1)::nextBytes;
    CertificateFiles files = CertificateFiles.in(directory);
    files.make(List.of("localhost"), NOW, randomness);
    NtsService service =
        new NtsService(
            new NtsPlaces(
                files.server(),
                files.serverKey(),
                directory.resolve("cookie-keys"),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                Optional.empty(),
                123),
            () -> NOW.getEpochSecond() * 1_000_000_000L,
            randomness,
            deadlineSeconds);
    service.start();
    return service;
  }
}
