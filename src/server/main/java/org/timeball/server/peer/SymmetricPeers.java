package org.timeball.server.peer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.ListenerKeys;

/**
 * The threads of all peers. One thread at a time changes which there are; {@link #transmit} may be
 * called by another at any time.
 */
public final class SymmetricPeers implements AutoCloseable {
  private final PeerSockets sockets;
  private final PacketClock clock;
  private final ListenerKeys keys;
  private final Consumer<Event> brain;
  private final NameService names;
  private volatile Map<String, SymmetricPeer> peers = Map.of();

  /**
   * No peers yet.
   *
   * @param clock the scales that moments are told on
   * @param keys seal what is sent
   * @param brain takes events; returns at once
   * @param names looks up what peers are named
   */
  public SymmetricPeers(
      PeerSockets sockets,
      PacketClock clock,
      ListenerKeys keys,
      Consumer<Event> brain,
      NameService names) {
    this.names = names;
    this.sockets = sockets;
    this.clock = clock;
    this.keys = keys;
    this.brain = brain;
  }

  /** These and no others from now on; of {@code sources} those that are peers. */
  public synchronized void serve(List<SourceSettings> sources) {
    Map<String, SymmetricPeer> before = peers;
    peers = Map.of();
    before.values().forEach(SymmetricPeer::stop);
    before.values().forEach(SymmetricPeer::close);
    Map<String, SymmetricPeer> after = new HashMap<>();
    for (SourceSettings source : sources) {
      if (source.isPeer()) {
        after.put(
            source.name(),
            new SymmetricPeer(source, names, sockets, clock, keys.forThread(), brain));
      }
    }
    after.values().forEach(SymmetricPeer::start);
    peers = Map.copyOf(after);
  }

  /** Sends a packet; returns at once. One for a peer that is no more is let go. */
  public void transmit(Action.Transmit packet) {
    SymmetricPeer peer = peers.get(packet.source());
    if (peer != null) {
      peer.transmit(packet);
    }
  }

  /** Ends all threads. */
  @Override
  public void close() {
    serve(List.of());
  }
}
