package org.timeball.server.net;

import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.timeball.core.ServerState;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.core.server.AccessPolicy;
import org.timeball.core.server.Admission;
import org.timeball.core.server.Interleaving;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.PassedLeap;
import org.timeball.core.server.Request;
import org.timeball.core.server.Responder;
import org.timeball.core.server.SmearedTime;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.ReceiveBatch;
import org.timeball.platform.net.SendBatch;
import org.timeball.platform.net.TransmitStamps;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSocket;
import org.timeball.platform.process.KernelRandom;
import org.timeball.platform.process.ThreadEnd;

/**
 * Answers the clients of one listener. {@link #open} takes the socket, so that trouble shows at
 * once; {@link #start} begins to answer; {@link #close} ends it from any thread.
 */
public final class ResponderThread implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ResponderThread.class.getName());

  /** Measured: larger ones give no more answers a second. */
  private static final int LARGEST_BATCH = 16;

  private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

  private final ListenerSettings settings;
  private final AtomicReference<ServerState> published;
  private final PacketClock clock;
  private final ListenerKeys keys;
  private final Optional<NtsReplies> nts;
  private final long secret;
  private final UdpSocket socket;
  private final ResponderCounters counters = new ResponderCounters();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile AccessPolicy access = AccessPolicy.OPEN;

  private ResponderThread(
      ListenerSettings settings,
      AtomicReference<ServerState> published,
      PacketClock clock,
      ListenerKeys keys,
      Optional<NtsReplies> nts,
      long secret,
      UdpSocket socket) {
    this.settings = settings;
    this.published = published;
    this.clock = clock;
    this.keys = keys;
    this.nts = nts;
    this.secret = secret;
    this.socket = socket;
    thread = Thread.ofPlatform().name("responder-" + settings.name()).daemon().unstarted(this::run);
  }

  /**
   * Takes the listener's socket.
   *
   * @param published what replies say; the brain replaces it
   * @param clock what replies tell
   * @param keys what requests with a code are checked by
   * @param nts makes this thread's part of Network Time Security, if it is served
   * @param beside sockets of ours that may have the same port; see {@link UdpSocket#open}
   * @throws NetException if the address cannot be had; the message says why and what to do
   */
  public static ResponderThread open(
      ListenerSettings settings,
      AtomicReference<ServerState> published,
      PacketClock clock,
      ListenerKeys keys,
      Optional<IntFunction<NtsReplies>> nts,
      List<UdpSocket> beside)
      throws NetException {
    return new ResponderThread(
        settings,
        published,
        clock,
        keys,
        nts.map(make -> make.apply(LARGEST_BATCH)),
        new KernelRandom().getAsLong(),
        UdpSocket.open(settings.socket(), beside));
  }

  /** Begins to answer. */
  public void start() {
    thread.start();
  }

  /** Answers by this policy from now on, not everybody as it does without one. */
  public void admit(AccessPolicy policy) {
    access = policy;
  }

  /** Accepts these keys and no others from now on. */
  public void accept(List<SymmetricKey> accepted) {
    keys.use(accepted);
  }

  /** What it was opened with. */
  public ListenerSettings settings() {
    return settings;
  }

  /** The listener's id. */
  public String name() {
    return settings.name();
  }

  /** Address and port as bound. */
  public InetSocketAddress local() {
    return socket.local();
  }

  /**
   * A socket at this one's address and port that hears one peer alone; see {@link
   * UdpSocket#branch}.
   *
   * @throws NetException if the kernel refuses
   */
  public UdpSocket towards(InetSocketAddress peer, List<UdpSocket> beside) throws NetException {
    return socket.branch(peer, settings.socket(), beside);
  }

  /**
   * Opens a socket at this one's address and port that sends to many hosts and hears none.
   *
   * @throws NetException if the kernel refuses
   */
  public UdpSocket towards(UdpGroup group, List<UdpSocket> beside) throws NetException {
    return socket.branch(group, settings.socket(), beside);
  }

  /** The socket, for others that are opened beside it. */
  public UdpSocket socket() {
    return socket;
  }

  /** What was answered and dropped so far; may be read by any thread. */
  public ResponderCounters counters() {
    return counters;
  }

  /** The thread's id, by which its memory and processor time can be looked up. */
  long threadId() {
    return thread.threadId();
  }

  /** Ends the thread, after the batch it is at, and gives the socket back. */
  @Override
  public void close() {
    closing.countDown();
    socket.stopReceiving();
    ThreadEnd.await(thread);
    socket.close();
  }

  private void run() {
    try (ReceiveBatch received = new ReceiveBatch(socket, LARGEST_BATCH);
        SendBatch replies = new SendBatch(socket, received);
        TransmitStamps stamps = new TransmitStamps(socket)) {
      Admission admission = new Admission(access, secret);
      Optional<SmearedTime> smeared = settings.smear().map(SmearedTime::new);
      PacketClock shown = smeared.<PacketClock>map(s -> new SmearedClock(clock, s)).orElse(clock);
      Responder responder =
          new Responder(
              admission,
              keys.forThread(),
              nts,
              settings.ntsRequired(),
              settings.interleaved()
                  ? Optional.of(new Interleaving(Interleaving.USUAL_CLIENTS))
                  : Optional.empty(),
              settings.passive());
      Turn turn =
          new Turn(
              received,
              replies,
              admission,
              responder,
              shown,
              smeared,
              new Departures(responder, shown, received, replies, stamps, counters));
      boolean failing = false;
      boolean ended = false;
      while (!ended) {
        try {
          turn.run();
          ended = closing.getCount() == 0;
          if (failing && !ended) {
            LOG.log(Logger.Level.INFO, "listener {0}: receives again", settings.name());
            failing = false;
          }
        } catch (NetException e) {
          if (!failing) {
            LOG.log(
                Logger.Level.ERROR,
                "listener {0}: {1}; trying again every second",
                settings.name(),
                e.getMessage());
          }
          failing = true;
          ended = endedWithinPause();
        }
      }
    }
  }

  private boolean endedWithinPause() {
    try {
      return closing.await(PAUSE_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody has reason to interrupt this thread; close() ends it.
      throw new IllegalStateException("a responder was interrupted", e);
    }
  }

  /** One batch after the other; all that the thread owns. */
  private final class Turn {
    private final ReceiveBatch received;
    private final SendBatch replies;
    private final Admission admission;
    private final Responder responder;
    private final PacketClock shown;
    private final Optional<SmearedTime> smeared;
    private final Departures departures;
    private final Request request = new Request();
    private final Courtesy courtesy = new Courtesy();
    private final PassedLeap passedLeap = new PassedLeap();

    Turn(
        ReceiveBatch received,
        SendBatch replies,
        Admission admission,
        Responder responder,
        PacketClock shown,
        Optional<SmearedTime> smeared,
        Departures departures) {
      this.received = received;
      this.replies = replies;
      this.admission = admission;
      this.responder = responder;
      this.shown = shown;
      this.smeared = smeared;
      this.departures = departures;
    }

    void run() throws NetException {
      int count = received.receive(LARGEST_BATCH);
      if (count == 0) {
        return;
      }
      boolean queueEmptied = count < LARGEST_BATCH;
      // One reply a call: each leaves right after its own reading of the clock. A call for all of
      // them only when requests pile up for longer than a burst.
      boolean oneByOne = queueEmptied || !courtesy.isOverloaded();
      admission.use(access);
      departures.collect();
      ServerState real = published.get();
      ServerState announced = smeared.isPresent() ? smeared.get().of(real) : real;
      long now = shown.nowUnixNanos();
      long nowRaw = shown.nowRawNanos();
      ServerState state = passedLeap.at(announced, now, nowRaw);
      request.handledAt(nowRaw);
      long firstArrived = now;
      for (int i = 0; i < count; i++) {
        long arrived = answer(i, state, now);
        firstArrived = i == 0 ? arrived : firstArrived;
        if (oneByOne) {
          send(arrived, queueEmptied);
        }
      }
      send(firstArrived, queueEmptied);
      courtesy.after(queueEmptied);
    }

    /** Sends what there is to send; the first of these requests came at {@code firstArrived}. */
    private void send(long firstArrived, boolean queueEmptied) throws NetException {
      int wanted = replies.count();
      if (wanted > 0) {
        departures.finish(firstArrived, queueEmptied);
        int sent = replies.send();
        counters.countSent(sent, wanted - sent);
        departures.learn(wanted - sent);
      }
    }

    private long answer(int i, ServerState state, long now) {
      received.load(i, request);
      long stamp = received.stampRealtimeNanos();
      if (stamp == 0) {
        counters.countUnstamped();
      }
      long arrived = stamp == 0 ? now : shown.unixNanosOfStamp(stamp);
      Outcome outcome = responder.answer(request.receivedAt(arrived), state, now);
      counters.countOutcome(outcome);
      if (outcome.answered()) {
        replies.add(i, responder.replyLength());
        departures.add();
        if (responder.isInterleaved()) {
          counters.countInterleaved();
        }
      }
      return arrived;
    }
  }
}
