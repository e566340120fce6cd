package org.timeball.core.nts.ke;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.timeball.core.nts.AeadAlgorithm;

/** What a client makes of a server's response. */
public sealed interface KeResult {
  /**
   * Keys may be exported and the time asked for.
   *
   * @param algorithm the one the server chose
   * @param cookies at least one, each of a length that fits into a field
   * @param ntpServer whom to ask for the time, if not the server that gave the cookies
   * @param ntpPort at which port, if not 123
   */
  record Granted(
      AeadAlgorithm algorithm,
      List<byte[]> cookies,
      Optional<String> ntpServer,
      OptionalInt ntpPort)
      implements KeResult {
    public Granted {
      cookies = List.copyOf(cookies);
    }
  }

  /** No keys; {@code why} is a phrase for people. */
  record Refused(String why) implements KeResult {}
}
