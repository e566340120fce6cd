package org.timeball.server.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.packet.NtpHeader;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.StampedReply;
import org.timeball.platform.net.UdpExchange;

/** The thread that carries one server's requests, one at a time. */
final class PeerThread implements AutoCloseable {
  /**
   * A server answers once; more is a flood or a forger, and its counters need no more than that.
   */
  private static final int MOST_DATAGRAMS = 16;

  /** Requests without any answer after which another address of the same name is tried. */
  private static final int PATIENCE = 8;

  private final String source;
  private volatile ServerName server;
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final Courier<Action.Ask> courier;
  private Event.Resolved told;
  private int unanswered;

  PeerThread(String source, ServerName server, PacketClock clock, Consumer<Event> brain) {
    this.source = source;
    this.server = server;
    this.clock = clock;
    this.brain = brain;
    courier = new Courier<>(source, this::carry, () -> {}, brain);
  }

  void start() {
    courier.start();
  }

  /** Takes a request; the one that waited before it, if any, is given up. */
  void ask(Action.Ask question) {
    courier.give(question);
  }

  /** The requests that come from now on go there. */
  void direct(ServerName other) {
    server = other;
  }

  private void carry(Action.Ask question) throws IOException {
    InetSocketAddress address = address();
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      carry(question, NtpHeader.transmitTimestamp(question.request(), 0), address);
    } catch (IOException e) {
      unanswered++;
      throw e;
    }
  }

  private void carry(Action.Ask question, long transmit, InetSocketAddress address)
      throws IOException {
    try (UdpExchange exchange = UdpExchange.open(address, clock)) {
      tell(address, exchange.local());
      int[] datagrams = new int[1];
      exchange.listen(
          octets(question.request()),
          question.patienceNanos(),
          reply -> {
            brain.accept(event(transmit, reply));
            return ++datagrams[0] == MOST_DATAGRAMS;
          });
      unanswered = datagrams[0] > 0 ? 0 : unanswered + 1;
    }
  }

  private InetSocketAddress address() throws UnknownHostException {
    if (unanswered >= PATIENCE) {
      unanswered = 0;
      server.tryAnother();
    }
    return server.address();
  }

  private static byte[] octets(ByteBuffer packet) {
    byte[] octets = new byte[packet.limit()];
    packet.get(0, octets);
    return octets;
  }

  private Event.Reply event(long transmit, StampedReply reply) {
    return new Event.Reply(
        source, transmit, reply.sentRawNanos(), reply.receivedRawNanos(), reply.packet());
  }

  /** Who we talk to, and who we are to others: only when it has changed. */
  private void tell(InetSocketAddress address, InetSocketAddress local) throws IOException {
    Event.Resolved now = OwnAddresses.resolved(source, address, local);
    if (!now.equals(told)) {
      told = now;
      brain.accept(now);
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
