package org.timeball.server.peer;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
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
  private final Courier<Action.Transmit> courier;

  /**
   * @param source name of the peer or network in the configuration
   * @param keys for this thread alone
   */
  PacketSender(String source, Way way, PacketKeys keys, Consumer<Event> brain) {
    this.source = source;
    this.way = way;
    this.keys = keys;
    this.brain = brain;
    courier = new Courier<>(source, this::carry, way::end, brain);
  }

  void start() {
    courier.start();
  }

  /** Takes a packet; the one that waited before it, if any, is given up. */
  void transmit(Action.Transmit packet) {
    courier.give(packet);
  }

  private void carry(Action.Transmit packet) throws IOException {
    DatagramPath path = way.path();
    if (!Thread.currentThread().isInterrupted()) {
      send(path, packet);
    }
  }

  /** Tells the brain of a failure. */
  void unreachable(IOException failure) {
    courier.unreachable(failure);
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
    courier.stop();
  }

  /** Ends the thread, and waits for it; not for the name service. */
  @Override
  public void close() {
    courier.close();
  }
}
