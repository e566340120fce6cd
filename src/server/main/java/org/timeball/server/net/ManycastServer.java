package org.timeball.server.net;

import java.lang.System.Logger;
import java.net.InetAddress;
import java.util.List;
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

/** Answers searches to one group, on a thread of its own. */
public final class ManycastServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ManycastServer.class.getName());

  private static final int BATCH = 8;

  private final String name;
  private final InetAddress from;
  private final AtomicReference<ServerState> published;
  private final PacketClock clock;
  private final ListenerKeys keys;
  private final GroupResponder responder;
  private final ResponderCounters counters = new ResponderCounters();
  private final GroupListener listener;
  private String trouble = "";

  /**
   * @param from the address that replies leave from; a wildcard for that of the route
   * @param published what replies say; the brain replaces it
   * @param clock what replies tell
   * @param keys what searches with a code are checked by
   * @param codeRequired whether searches without one are dropped
   */
  public ManycastServer(
      String name,
      GroupListener.Membership membership,
      InetAddress from,
      AtomicReference<ServerState> published,
      PacketClock clock,
      AccessPolicy access,
      List<SymmetricKey> keys,
      boolean codeRequired) {
    this.name = name;
    this.from = from;
    this.published = published;
    this.clock = clock;
    Admission admission = new Admission(access, new KernelRandom().getAsLong());
    this.keys = new ListenerKeys(keys);
    responder = new GroupResponder(admission, this.keys.forThread(), codeRequired);
    listener = new GroupListener("manycast-" + name, membership, Ear::new, this::tell);
  }

  /** Begins to answer. */
  public void start() {
    listener.start();
  }

  /** Accepts these keys and no others from now on. */
  public void accept(List<SymmetricKey> accepted) {
    keys.use(accepted);
  }

  /** Its id in the configuration. */
  public String name() {
    return name;
  }

  /** What was answered and dropped so far; may be read by any thread. */
  public ResponderCounters counters() {
    return counters;
  }

  /** Once, and not each time that it is tried again. */
  void tell(NetException failure) {
    if (!trouble.equals(failure.getMessage())) {
      trouble = failure.getMessage();
      LOG.log(
          Logger.Level.ERROR,
          "manycast {0}: {1}; trying again every {2} s",
          name,
          trouble,
          GroupListener.RETRY.toSeconds());
    }
  }

  /** All that the thread has on one socket. */
  private final class Ear implements GroupListener.Ear {
    private final ReceiveBatch received;
    private final SendBatch replies;
    private final Request request = new Request();

    Ear(UdpSocket socket) {
      received = new ReceiveBatch(socket, BATCH);
      replies = new SendBatch(socket, received, from);
    }

    @Override
    public void hear() throws NetException {
      int count = received.receive(BATCH);
      for (int i = 0; i < count; i++) {
        answer(i);
      }
    }

    private void answer(int i) {
      received.load(i, request);
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

    @Override
    public void close() {
      replies.close();
      received.close();
    }
  }

  /** Ends the thread, and waits for it. */
  @Override
  public void close() {
    listener.close();
  }
}
