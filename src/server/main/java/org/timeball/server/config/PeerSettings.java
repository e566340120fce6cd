package org.timeball.server.config;

import java.util.List;
import java.util.Optional;

/**
 * What a source that is a peer has beside what all have.
 *
 * @param listener whose address and port packets leave from; empty for the first that speaks the
 *     peer's family of addresses
 */
public record PeerSettings(Optional<String> listener) {
  static final Key<String> LISTENER = Key.of("listener", Values.name());

  static Optional<PeerSettings> read(Table table, boolean peer, List<ListenSettings> listeners) {
    Optional<String> listener = table.find(LISTENER);
    if (!peer) {
      if (listener.isPresent()) {
        table.problem(
            LISTENER.name(),
            "listener is for a source of type \"peer\"; requests to a server leave from a new port"
                + " each time");
      }
      return Optional.empty();
    }
    ListenSettings.refuseUnfit(table, LISTENER, listener, listeners);
    return Optional.of(new PeerSettings(listener));
  }
}
