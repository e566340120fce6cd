package org.timeball.server.peer;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.DatagramPath;
import org.timeball.server.config.BroadcastSettings;
import org.timeball.server.net.ListenerKeys;

/**
 * The threads that send time to whole networks. One thread at a time changes which there are;
 * {@link #transmit} may be called by another at any time.
 */
public final class BroadcastSenders implements AutoCloseable {
  private final GroupSockets sockets;
  private final PacketClock clock;
  private final ListenerKeys keys;
  private final Consumer<Event> brain;
  private volatile Map<String, PacketSender> senders = Map.of();

  /**
   * Nothing is sent yet.
   *
   * @param clock the scales that moments are told on
   * @param keys seal what is sent
   * @param brain takes events; returns at once
   */
  public BroadcastSenders(
      GroupSockets sockets, PacketClock clock, ListenerKeys keys, Consumer<Event> brain) {
    this.sockets = sockets;
    this.clock = clock;
    this.keys = keys;
    this.brain = brain;
  }

  /** To these and no others from now on. */
  public synchronized void serve(List<BroadcastSettings> networks) {
    Map<String, PacketSender> before = senders;
    senders = Map.of();
    before.values().forEach(PacketSender::stop);
    before.values().forEach(PacketSender::close);
    Map<String, PacketSender> after = new HashMap<>();
    for (BroadcastSettings network : networks) {
      after.put(
          network.name(),
          new PacketSender(network.name(), new Way(network), keys.forThread(), brain));
    }
    after.values().forEach(PacketSender::start);
    senders = Map.copyOf(after);
  }

  /** Sends a packet; returns at once. One for another network or a peer is let go. */
  public void transmit(Action.Transmit packet) {
    PacketSender sender = senders.get(packet.source());
    if (sender != null) {
      sender.transmit(packet);
    }
  }

  /** Ends all threads. */
  @Override
  public void close() {
    serve(List.of());
  }

  /** The path to one network; opened anew after a failure, because our address may have changed. */
  private final class Way implements PacketSender.Way {
    private final BroadcastSettings network;
    private Optional<DatagramPath> path = Optional.empty();

    Way(BroadcastSettings network) {
      this.network = network;
    }

    @Override
    public DatagramPath path() throws IOException {
      if (path.isEmpty()) {
        path =
            Optional.of(
                new DatagramPath(sockets.towards(network.listener(), network.group()), clock));
      }
      return path.get();
    }

    @Override
    public void failed() {
      end();
    }

    @Override
    public void end() {
      path.ifPresent(DatagramPath::close);
      path = Optional.empty();
    }
  }
}
