package org.timeball.server.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.DatagramPath;
import org.timeball.platform.net.NetException;
import org.timeball.server.config.SourceSettings;

/** The threads of one peer: one looks up where it is and sends, the other receives. */
final class SymmetricPeer implements AutoCloseable {
  /** Packets in a row without anything from the peer after which another address is tried. */
  private static final int PATIENCE = 8;

  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);

  private final SourceSettings settings;
  private final ServerName peer;
  private final PeerSockets sockets;
  private final PacketClock clock;
  private final PacketKeys keys;
  private final Consumer<Event> brain;
  private final Thread sender;
  private final BlockingQueue<Action.Transmit> packets = new ArrayBlockingQueue<>(1);
  private final AtomicInteger unanswered = new AtomicInteger();
  private Optional<Reception> reception = Optional.empty();
  private Event.Resolved told;

  /** A path, and the thread that receives on it. */
  private record Reception(DatagramPath path, Thread thread) implements AutoCloseable {
    @Override
    public void close() {
      path.stopReceiving();
      boolean interrupted = Thread.interrupted();
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      path.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
    this.keys = keys;
    this.brain = brain;
    peer = new ServerName(names, settings.address(), settings.port());
    sender = Thread.ofPlatform().name("peer-" + settings.name()).daemon().unstarted(this::run);
  }

  void start() {
    sender.start();
  }

  /** Takes a packet; the one that waited before it, if any, is given up. */
  void transmit(Action.Transmit packet) {
    while (!packets.offer(packet)) {
      packets.poll();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        carry(packets.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reception.ifPresent(Reception::close);
    }
  }

  private void carry(Action.Transmit packet) {
    try {
      DatagramPath path = path();
      if (!Thread.currentThread().isInterrupted()) {
        unanswered.incrementAndGet();
        send(path, packet);
      }
    } catch (UnknownHostException e) {
      brain.accept(new Event.Unreachable(settings.name(), Peers.unknown(peer.toString()), true));
    } catch (IOException e) {
      unreachable(e);
    }
  }

  private void unreachable(IOException failure) {
    boolean noWay = failure instanceof NetException refusal && refusal.isForWantOfAWay();
    brain.accept(new Event.Unreachable(settings.name(), failure.getMessage(), noWay));
  }

  private void send(DatagramPath path, Action.Transmit packet) throws NetException {
    int keyId = packet.keyId();
    PacketKey key = keyId == 0 ? null : keys.find(keyId);
    if (keyId != 0 && key == null) {
      // Taken out of the file a moment ago; the configuration that does without is on its way.
      return;
    }
    Consumer<ByteBuffer> seal =
        key == null
            ? octets -> {}
            : octets -> MessageCode.write(octets, 0, NtpHeader.LENGTH, keyId, key);
    int version = NtpHeader.version(packet.header(), 0);
    int length = NtpHeader.LENGTH + (key == null ? 0 : MessageCode.length(key, version));
    path.send(
        packet.header(),
        length,
        seal,
        departure ->
            brain.accept(
                new Event.Departed(
                    settings.name(), departure.transmit(), departure.left().rawNanos())));
  }

  /** The path in use, or a new one if there is none or the peer may have moved. */
  private DatagramPath path() throws IOException {
    if (unanswered.get() >= PATIENCE) {
      unanswered.set(0);
      InetSocketAddress before = peer.address();
      peer.tryAnother();
      if (!before.equals(peer.address())) {
        reception.ifPresent(Reception::close);
        reception = Optional.empty();
      }
    }
    if (reception.isEmpty()) {
      reception = Optional.of(open(peer.address()));
    }
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
        unreachable(e);
      }
    }
  }

  /** Asks the threads to end, and does not wait for them. */
  void stop() {
    sender.interrupt();
  }

  /** Ends the threads, and waits for them; not for the name service. */
  @Override
  public void close() {
    stop();
    try {
      sender.join(PATIENCE_AT_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
