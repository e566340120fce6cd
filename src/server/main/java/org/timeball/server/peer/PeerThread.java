package org.timeball.server.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.packet.NtpHeader;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.NetException;
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

  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);

  private final String source;
  private volatile ServerName server;
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final Thread thread;
  // One request at a time is on its way; one more may wait, and a third means that both are late.
  private final BlockingQueue<Action.Ask> questions = new ArrayBlockingQueue<>(1);
  private Event.Resolved told;
  private int unanswered;

  PeerThread(String source, ServerName server, PacketClock clock, Consumer<Event> brain) {
    this.source = source;
    this.server = server;
    this.clock = clock;
    this.brain = brain;
    thread = Thread.ofPlatform().name("peer-" + source).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes a request; the one that waited before it, if any, is given up. */
  void ask(Action.Ask question) {
    while (!questions.offer(question)) {
      questions.poll();
    }
  }

  /** The requests that come from now on go there. */
  void direct(ServerName other) {
    server = other;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        carry(questions.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry(Action.Ask question) {
    long transmit = NtpHeader.transmitTimestamp(question.request(), 0);
    try {
      InetSocketAddress address = address();
      if (!Thread.currentThread().isInterrupted()) {
        carry(question, transmit, address);
      }
    } catch (UnknownHostException e) {
      brain.accept(new Event.Unreachable(source, Peers.unknown(server.toString()), true));
    } catch (IOException e) {
      unanswered++;
      boolean noWay = e instanceof NetException failure && failure.isForWantOfAWay();
      brain.accept(new Event.Unreachable(source, e.getMessage(), noWay));
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
    thread.interrupt();
  }

  /**
   * Ends the thread, and waits for it; not for the name service, which may keep it for long and
   * after which it does nothing any more.
   */
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
