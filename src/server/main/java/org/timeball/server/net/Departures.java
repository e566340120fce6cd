package org.timeball.server.net;

import java.util.Arrays;
import org.timeball.core.server.Responder;
import org.timeball.core.server.TransmitLead;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.ReceiveBatch;
import org.timeball.platform.net.SendBatch;
import org.timeball.platform.net.TransmitStamps;

/**
 * Finishes replies with their transmit timestamps, and has the kernel tell of some when they really
 * left: of one now and then, so that the next timestamps are nearer to the truth, and of those to
 * clients that will ask (RFC 9769). Belongs to the responder's thread.
 *
 * <p>The kernel numbers the replies of which it tells, and counts on by itself. If it refused a
 * reply nobody knows whether that had its number yet: until the next stamp one reply is waited for
 * at a time, and that one says where the count is.
 */
final class Departures {
  /** A stamp costs a call; a thousand a second are lost among the replies. */
  private static final long SAMPLE_INTERVAL_NANOS = 1_000_000L;

  /** Some devices never stamp; asking them now and then costs nothing and notices a new driver. */
  private static final long SELDOM_NANOS = 1_000_000_000L;

  private static final int UNANSWERED_UNTIL_SELDOM = 16;

  /** A stamp is there when the call that sends returns, or soon after; looking for it is a call. */
  private static final int LOOKS = 4;

  /** Replies of which a stamp may be underway, a power of two. */
  private static final int WISHES = 64;

  /** A stamp is placed on the served clock by what that shows now, which must not be long after. */
  private static final long LATEST_NANOS = 1_000_000_000L;

  private final Responder responder;
  private final PacketClock clock;
  private final ReceiveBatch received;
  private final SendBatch replies;
  private final TransmitStamps stamps;
  private final ResponderCounters counters;
  private final TransmitLead lead;
  private final boolean[] interleaved;
  private final long[] receipts;

  private long batchUnixNanos;
  private long lastSampleUnixNanos;

  // The replies of which a stamp is awaited, by the number of the wish.
  private final int[] wishClasses = new int[WISHES];
  private final long[] wishReceipts = new long[WISHES];
  private final long[] wishClockUnixNanos = new long[WISHES];
  private final boolean[] wishOpen = new boolean[WISHES];
  private int wishes;
  private int open;
  private boolean counted;
  private int kernelAhead;
  private int looksLeft;
  private int unanswered;

  Departures(
      Responder responder,
      PacketClock clock,
      ReceiveBatch received,
      SendBatch replies,
      TransmitStamps stamps,
      ResponderCounters counters) {
    this.responder = responder;
    this.clock = clock;
    this.received = received;
    this.replies = replies;
    this.stamps = stamps;
    this.counters = counters;
    lead = new TransmitLead();
    interleaved = new boolean[received.capacity()];
    receipts = new long[received.capacity()];
  }

  /** Takes what the responder knows of the reply that was added to the batch last. */
  void add() {
    int k = replies.count() - 1;
    interleaved[k] = responder.isInterleaved();
    receipts[k] = responder.awaitedReceipt();
  }

  /**
   * Finishes the replies that one call will send. The clock is read once for all of them, as late
   * as can be; nothing but that call may follow. The lead is that of the first: what the others
   * wait for it is not known.
   *
   * @param arrivedUnixNanos when the first request of the batch came: from the batch before to this
   *     moment the thread rested
   * @param queueEmptied that no requests are left waiting. The kernel counts stamps and waiting
   *     requests against the same room, and throws stamps away when it is full; asking for them
   *     then would look as if the device gave none.
   */
  void finish(long arrivedUnixNanos, boolean queueEmptied) {
    int count = replies.count();
    int batchClass =
        hasCode(count)
            ? TransmitLead.CODED
            : TransmitLead.restClass(arrivedUnixNanos - batchUnixNanos);
    int firstWish = wishes;
    if (queueEmptied) {
      wish(arrivedUnixNanos, batchClass, count);
    }
    batchUnixNanos = clock.nowUnixNanos();
    for (int i = firstWish; i != wishes; i++) {
      wishClockUnixNanos[i & (WISHES - 1)] = batchUnixNanos;
    }
    for (int k = 0; k < count; k++) {
      int at = received.octetsAt(replies.slot(k));
      if (interleaved[k]) {
        responder.seal(received.octets(), at, replies.length(k));
      } else {
        responder.finish(
            received.octets(), at, replies.length(k), batchUnixNanos + lead.leadNanos(batchClass));
      }
    }
  }

  private boolean hasCode(int count) {
    for (int k = 0; k < count; k++) {
      if (Responder.hasCode(replies.length(k))) {
        return true;
      }
    }
    return false;
  }

  /** Asks for the stamps of replies to clients that will ask, and of one more if it is due. */
  private void wish(long nowUnixNanos, int batchClass, int count) {
    boolean sampleDue = isSampleDue(nowUnixNanos);
    if (sampleDue) {
      lastSampleUnixNanos = nowUnixNanos;
    }
    boolean seldom = unanswered >= UNANSWERED_UNTIL_SELDOM;
    for (int k = 0; k < count; k++) {
      boolean wanted = (k == 0 && sampleDue) || (receipts[k] != 0 && !seldom);
      if (wanted && (counted ? open < WISHES : open == 0)) {
        wish(k, batchClass);
      }
    }
  }

  private boolean isSampleDue(long nowUnixNanos) {
    if (open != 0) {
      return false;
    }
    long interval = unanswered < UNANSWERED_UNTIL_SELDOM ? SAMPLE_INTERVAL_NANOS : SELDOM_NANOS;
    // The served clock may have been set back: the distance counts, not its sign.
    return Math.abs(nowUnixNanos - lastSampleUnixNanos) >= interval;
  }

  private void wish(int k, int batchClass) {
    int i = wishes++ & (WISHES - 1);
    wishClasses[i] = batchClass;
    wishReceipts[i] = receipts[k];
    wishOpen[i] = true;
    open++;
    looksLeft = LOOKS;
    replies.stampWanted(k);
  }

  /**
   * Learns from the stamps that are awaited, as far as they are there; to be called after sending.
   *
   * @param refused replies that the kernel did not take
   */
  void learn(int refused) {
    if (refused > 0) {
      counted = false;
      giveUp();
    }
    collect();
    if (open != 0 && --looksLeft == 0) {
      giveUp();
      if (++unanswered == UNANSWERED_UNTIL_SELDOM) {
        // Whatever stamped before is no longer on the way; what it taught may no longer hold.
        lead.forget();
      }
    }
  }

  /** Takes the stamps that have come since; some come after the call that sends has returned. */
  void collect() {
    while (open != 0 && stamps.take()) {
      long stamp = stamps.stampRealtimeNanos();
      if (stamp != 0) {
        learn((int) stamps.datagram(), clock.unixNanosOfStamp(stamp));
      }
    }
  }

  private void learn(int datagram, long unixNanos) {
    int number = counted ? datagram - kernelAhead : wishes - 1;
    int i = number & (WISHES - 1);
    long nanos = unixNanos - wishClockUnixNanos[i];
    boolean tooOld = clock.nowUnixNanos() - unixNanos > LATEST_NANOS;
    // One from before the clock was read is of a reply that was given up on.
    if (!wishOpen[i] || nanos < 0 || tooOld) {
      return;
    }
    if (!counted) {
      counted = true;
      kernelAhead = datagram - number;
    }
    wishOpen[i] = false;
    open--;
    looksLeft = LOOKS;
    unanswered = 0;
    lead.learn(wishClasses[i], nanos);
    counters.countDeparture(wishClasses[i], lead.leadNanos(wishClasses[i]));
    if (wishReceipts[i] != 0) {
      responder.departed(wishReceipts[i], unixNanos);
    }
  }

  private void giveUp() {
    Arrays.fill(wishOpen, false);
    open = 0;
  }
}
