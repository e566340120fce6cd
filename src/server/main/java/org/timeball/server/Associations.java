package org.timeball.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.ListenerKeys;
import org.timeball.server.nts.client.KeyFetcher;
import org.timeball.server.nts.client.KeyServer;
import org.timeball.server.peer.BroadcastReceivers;
import org.timeball.server.peer.BroadcastSenders;
import org.timeball.server.peer.NameService;
import org.timeball.server.peer.Peers;
import org.timeball.server.peer.SymmetricPeers;

/**
 * Everything that sends packets by the brain's word: to servers, peers and whole networks. One
 * thread at a time changes which there are; the brain's may ask for packets at any time.
 */
final class Associations implements AutoCloseable {
  private final Peers servers;
  private final SymmetricPeers peers;
  private final BroadcastSenders broadcasts;
  private final BroadcastReceivers networks;
  private final Listeners listeners;
  private final ListenerKeys keys = new ListenerKeys(List.of());
  private final KeyFetcher keyFetcher;

  /**
   * None yet.
   *
   * @param listeners have the ports that peers and networks know
   * @param brain takes events; returns at once
   */
  Associations(Listeners listeners, PacketClock clock, Consumer<Event> brain, NameService names) {
    this.listeners = listeners;
    servers = new Peers(clock, brain, names, keys);
    peers = new SymmetricPeers(listeners::towards, clock, keys, brain, names);
    broadcasts = new BroadcastSenders(listeners::towards, clock, keys, brain);
    networks = new BroadcastReceivers(listeners::join, clock, brain);
    keyFetcher = new KeyFetcher(clock::nowRawNanos, brain);
  }

  /** Those of a configuration, and no others. */
  void serve(Configuration configuration) {
    useKeys(configuration);
    askServers(configuration);
    useListeners(configuration);
  }

  /**
   * Seals what is sent with the keys of a configuration, and accepts them in groups; whatever is
   * open stays so.
   */
  void useKeys(Configuration configuration) {
    keys.use(configuration.keys().keys());
    listeners.acceptInGroups(configuration.keys());
  }

  /** Nobody is asked any more; peers and networks stay. */
  void askNobody() {
    servers.serve(List.of());
  }

  /** Its servers can be asked; those that were there before in the same words stay as they are. */
  void askServers(Configuration configuration) {
    servers.serve(configuration.sources());
    Map<String, KeyServer> keyServers = new HashMap<>();
    for (SourceSettings source : configuration.sources()) {
      BrainSetup.keyServer(source).ifPresent(server -> keyServers.put(source.name(), server));
    }
    keyFetcher.serve(keyServers);
  }

  /** Gives back the ports of listeners, which may have to be opened anew. */
  void leaveListeners() {
    peers.serve(List.of());
    broadcasts.serve(List.of());
    networks.serve(List.of());
    listeners.leaveGroups();
  }

  /** Speaks with the peers and networks of a configuration, at the ports of listeners. */
  void useListeners(Configuration configuration) {
    peers.serve(configuration.sources());
    broadcasts.serve(configuration.broadcasts());
    networks.serve(configuration.sources());
    listeners.answerIn(configuration.manycasts(), configuration.keys());
  }

  void ask(Action.Ask question) {
    servers.ask(question);
  }

  void carryOut(Action.OfPool action) {
    servers.carryOut(action);
    keyFetcher.carryOut(action);
  }

  void direct(Action.Direct direction) {
    servers.direct(direction);
  }

  /** Sends a packet to whatever has that name. */
  void transmit(Action.Transmit packet) {
    peers.transmit(packet);
    broadcasts.transmit(packet);
  }

  void establish(Action.Establish wish) {
    keyFetcher.fetch(wish);
  }

  @Override
  public void close() {
    leaveListeners();
    servers.close();
  }
}
