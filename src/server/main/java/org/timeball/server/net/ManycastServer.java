package org.timeball.server.net;

import java.lang.System.Logger;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.timeball.core.ServerState;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.server.AccessPolicy;
import org.timeball.core.server.Admission;
import org.timeball.core.server.GroupResponder;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.Request;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.ReceiveBatch;
import org.timeball.platform.net.SendBatch;
import org.timeball.platform.net.UdpSocket;
import org.timeball.platform.process.KernelRandom;
import org.timeball.platform.process.ThreadEnd;

/** The thread that answers searches to one group, and tries again where it cannot listen there. */
public final class ManycastServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ManycastServer.class.getName());

  /** Chosen: a device may come up later than we do. */
  private static final int RETRY_SECONDS = 10;

  private static final int BATCH = 8;

  private final String name;
  private final Membership membership;
  private final InetAddress from;
  private final AtomicReference<ServerState> published;
  private final PacketClock clock;
  private final Admission admission;
  private final GroupResponder responder;
  private final ResponderCounters counters = new ResponderCounters();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private UdpSocket socket;

  /** Opens a socket that hears what is sent to the group. */
  @FunctionalInterface
  public interface Membership {
    /**
     * Joins.
     *
     * @throws NetException if there is no socket to be had
     */
    UdpSocket join() throws NetException;
  }

  /**
   * @param from the address that replies leave from; a wildcard for that of the route
   * @param published what replies say; the brain replaces it
   * @param clock what replies tell
   * @param keys what searches with a code are checked by
   * @param codeRequired whether searches without one are dropped
   */
  public ManycastServer(
      String name,
      Membership membership,
      InetAddress from,
      AtomicReference<ServerState> published,
      PacketClock clock,
      AccessPolicy access,
      List<SymmetricKey> keys,
      boolean codeRequired) {
    this.name = name;
    this.membership = membership;
    this.from = from;
    this.published = published;
    this.clock = clock;
    admission = new Admission(access, new KernelRandom().getAsLong());
    responder = new GroupResponder(admission, new ListenerKeys(keys).forThread(), codeRequired);
    thread = Thread.ofPlatform().name("manycast-" + name).daemon().unstarted(this::run);
  }

  /** Begins to answer. */
  public void start() {
    thread.start();
  }

  /** Its id in the configuration. */
  public String name() {
    return name;
  }

  /** What was answered and dropped so far; may be read by any thread. */
  public ResponderCounters counters() {
    return counters;
  }

  private void run() {
    String trouble = "";
    try {
      do {
        try {
          if (open()) {
            listen();
          }
        } catch (NetException e) {
          if (!trouble.equals(e.getMessage())) {
            trouble = e.getMessage();
            LOG.log(
                Logger.Level.ERROR,
                "manycast {0}: {1}; trying again every {2} s",
                name,
                trouble,
                RETRY_SECONDS);
          }
        } finally {
          closeSocket();
        }
      } while (!closing.await(RETRY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean open() throws NetException {
    if (closing.getCount() == 0) {
      return false;
    }
    socket = membership.join();
    return true;
  }

  private synchronized void closeSocket() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  /** {@code socket} is this thread's own until {@link #closeSocket}. */
  private void listen() throws NetException {
    UdpSocket mine = socket;
    Request request = new Request();
    try (ReceiveBatch received = new ReceiveBatch(mine, BATCH);
        SendBatch replies = new SendBatch(mine, received, from)) {
      while (closing.getCount() > 0) {
        int count = received.receive(BATCH);
        for (int i = 0; i < count; i++) {
          received.load(i, request);
          answer(i, request, received, replies);
        }
      }
    }
  }

  private void answer(int i, Request request, ReceiveBatch received, SendBatch replies) {
    long stamp = received.stampRealtimeNanos();
    if (stamp == 0) {
      counters.countUnstamped();
    }
    long now = clock.nowUnixNanos();
    request
        .handledAt(clock.nowRawNanos())
        .receivedAt(stamp == 0 ? now : clock.unixNanosOfStamp(stamp));
    Outcome outcome = responder.answer(request, published.get(), now);
    counters.countOutcome(outcome);
    if (outcome.answered()) {
      int length = responder.replyLength();
      replies.add(i, length);
      responder.finish(received.octets(), received.octetsAt(i), length, clock.nowUnixNanos());
      int sent = replies.send();
      counters.countSent(sent, 1 - sent);
    }
  }

  private synchronized void stopReceiving() {
    closing.countDown();
    if (socket != null) {
      socket.stopReceiving();
    }
  }

  /** Ends the thread, and waits for it. */
  @Override
  public void close() {
    stopReceiving();
    ThreadEnd.await(thread);
  }
}
