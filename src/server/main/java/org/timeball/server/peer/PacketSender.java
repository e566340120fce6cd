package org.timeball.server.peer;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.platform.net.DatagramPath;
import org.timeball.platform.net.NetException;

/**
 * The thread that sends the packets of one peer or network: seals each, and tells the brain when it
 * left or why it could not.
 */
final class PacketSender implements AutoCloseable {
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);

  /** Where packets go. Used by the sending thread alone. */
  interface Way {
    /**
     * The path for the next packet.
     *
     * @throws UnknownHostException if a name cannot be looked up; the name is its message
     * @throws IOException if there is no path
     */
    DatagramPath path() throws IOException;

    /** The path refused a packet. */
    void failed();

    /** No packet will be sent any more. */
    void end();
  }

  private final String source;
  private final Way way;
  private final PacketKeys keys;
  private final Consumer<Event> brain;
  private final Thread thread;
  private final BlockingQueue<Action.Transmit> packets = new ArrayBlockingQueue<>(1);

  /**
   * @param source name of the peer or network in the configuration
   * @param keys for this thread alone
   */
  PacketSender(String source, Way way, PacketKeys keys, Consumer<Event> brain) {
    this.source = source;
    this.way = way;
    this.keys = keys;
    this.brain = brain;
    thread = Thread.ofPlatform().name("peer-" + source).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
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
      way.end();
    }
  }

  private void carry(Action.Transmit packet) {
    try {
      DatagramPath path = way.path();
      if (!Thread.currentThread().isInterrupted()) {
        send(path, packet);
      }
    } catch (UnknownHostException e) {
      brain.accept(new Event.Unreachable(source, Peers.unknown(e.getMessage()), true));
    } catch (IOException e) {
      unreachable(e);
    }
  }

  /** Tells the brain of a failure. */
  void unreachable(IOException failure) {
    boolean noWay = failure instanceof NetException refusal && refusal.isForWantOfAWay();
    brain.accept(new Event.Unreachable(source, failure.getMessage(), noWay));
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
    try {
      path.send(
          packet.header(),
          length,
          seal,
          departure ->
              brain.accept(
                  new Event.Departed(
                      source, departure.transmit(), departure.left(), departure.stamped())));
    } catch (NetException e) {
      way.failed();
      throw e;
    }
  }

  /** Asks the thread to end, and does not wait for it. */
  void stop() {
    thread.interrupt();
  }

  /** Ends the thread, and waits for it; not for the name service. */
  @Override
  public void close() {
    stop();
    try {
      thread.join(PATIENCE_AT_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
