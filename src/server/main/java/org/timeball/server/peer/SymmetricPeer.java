package org.timeball.server.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.packet.PacketKeys;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.DatagramPath;
import org.timeball.platform.net.NetException;
import org.timeball.platform.process.ThreadEnd;
import org.timeball.server.config.SourceSettings;

/** The threads of one peer: one looks up where it is and sends, the other receives. */
final class SymmetricPeer implements AutoCloseable, PacketSender.Way {
  /** Packets in a row without anything from the peer after which another address is tried. */
  private static final int PATIENCE = 8;

  private final SourceSettings settings;
  private final ServerName peer;
  private final PeerSockets sockets;
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final PacketSender sender;
  private final AtomicInteger unanswered = new AtomicInteger();
  private Optional<Reception> reception = Optional.empty();
  private Event.Resolved told;

  /** A path, and the thread that receives on it. */
  private record Reception(DatagramPath path, Thread thread) implements AutoCloseable {
    @Override
    public void close() {
      path.stopReceiving();
      ThreadEnd.await(thread);
      path.close();
    }
  }

  /**
   * @param keys for the thread that sends alone
   */
  SymmetricPeer(
      SourceSettings settings,
      NameService names,
      PeerSockets sockets,
      PacketClock clock,
      PacketKeys keys,
      Consumer<Event> brain) {
    this.settings = settings;
    this.sockets = sockets;
    this.clock = clock;
    this.brain = brain;
    peer = new ServerName(names, settings.address(), settings.port());
    sender = new PacketSender(settings.name(), this, keys, brain);
  }

  void start() {
    sender.start();
  }

  /** Takes a packet; the one that waited before it, if any, is given up. */
  void transmit(Action.Transmit packet) {
    sender.transmit(packet);
  }

  /** The path in use, or a new one if there is none or the peer may have moved. */
  @Override
  public DatagramPath path() throws IOException {
    if (unanswered.get() >= PATIENCE) {
      unanswered.set(0);
      InetSocketAddress before = peer.address();
      peer.tryAnother();
      if (!before.equals(peer.address())) {
        end();
        reception = Optional.empty();
      }
    }
    if (reception.isEmpty()) {
      reception = Optional.of(open(peer.address()));
    }
    unanswered.incrementAndGet();
    return reception.get().path();
  }

  private Reception open(InetSocketAddress address) throws IOException {
    DatagramPath path =
        new DatagramPath(sockets.towards(settings.peer().orElseThrow().listener(), address), clock);
    Event.Resolved now = OwnAddresses.resolved(settings.name(), address, path.socket().local());
    if (!now.equals(told)) {
      told = now;
      brain.accept(now);
    }
    Thread thread =
        Thread.ofPlatform()
            .name("from-peer-" + settings.name())
            .daemon()
            .start(() -> receive(path));
    return new Reception(path, thread);
  }

  private void receive(DatagramPath path) {
    Pace pace = new Pace(clock.nowRawNanos());
    boolean ended = false;
    while (!ended) {
      try {
        ended =
            path.receive(arrival -> {
              if (pace.allows(clock.nowRawNanos())) {
                unanswered.set(0);
                brain.accept(
                    new Event.PeerPacket(settings.name(), arrival.received(), arrival.packet()));
              }
            })
                == 0;
      } catch (NetException e) {
        // Such as that nothing listens there: told once for each of our packets, so no flood.
        sender.unreachable(e);
      }
    }
  }

  /** The same path is tried again: what is wrong is told by the failure. */
  @Override
  public void failed() {}

  @Override
  public void end() {
    reception.ifPresent(Reception::close);
  }

  /** Asks the threads to end, and does not wait for them. */
  void stop() {
    sender.stop();
  }

  /** Ends the threads, and waits for them; not for the name service. */
  @Override
  public void close() {
    sender.close();
  }
}
