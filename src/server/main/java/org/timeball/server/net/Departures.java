package org.timeball.server.net;

import org.timeball.core.server.Responder;
import org.timeball.core.server.TransmitLead;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.ReceiveBatch;
import org.timeball.platform.net.SendBatch;
import org.timeball.platform.net.TransmitStamps;

/**
 * Finishes replies with their transmit timestamps, and has the kernel tell of one reply now and
 * then when it really left, so that the next timestamps are nearer to the truth. Belongs to the
 * responder's thread.
 */
final class Departures {
  /** A stamp costs a call; a thousand a second are lost among the replies. */
  private static final long SAMPLE_INTERVAL_NANOS = 1_000_000L;

  /** Some devices never stamp; asking them now and then costs nothing and notices a new driver. */
  private static final long SELDOM_NANOS = 1_000_000_000L;

  private static final int UNANSWERED_UNTIL_SELDOM = 16;

  /** A stamp is there when the call that sends returns, or soon after; looking for it is a call. */
  private static final int LOOKS = 4;

  private final Responder responder;
  private final PacketClock clock;
  private final ReceiveBatch received;
  private final SendBatch replies;
  private final TransmitStamps stamps;
  private final ResponderCounters counters;
  private final TransmitLead lead;

  private long batchUnixNanos;
  private long lastSampleUnixNanos;
  private int turn;

  // The one reply whose stamp is awaited.
  private int looksLeft;
  private int awaitedClass;
  private int awaitedPosition;
  private long awaitedClockUnixNanos;
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
    lead = new TransmitLead(received.capacity());
  }

  /**
   * Finishes the replies of a batch. The clock is read once for all of them, as late as can be;
   * nothing but the call that sends them may follow.
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
    boolean sampled = queueEmptied && isSampleDue(arrivedUnixNanos);
    if (sampled) {
      chooseSample(arrivedUnixNanos, batchClass, turn++ % count);
    }
    batchUnixNanos = clock.nowUnixNanos();
    if (sampled) {
      awaitedClockUnixNanos = batchUnixNanos;
    }
    for (int k = 0; k < count; k++) {
      responder.finish(
          received.octets(),
          received.octetsAt(replies.slot(k)),
          replies.length(k),
          batchUnixNanos + lead.leadNanos(batchClass, k));
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

  private boolean isSampleDue(long nowUnixNanos) {
    if (looksLeft != 0) {
      return false;
    }
    long interval = unanswered < UNANSWERED_UNTIL_SELDOM ? SAMPLE_INTERVAL_NANOS : SELDOM_NANOS;
    // The served clock may have been set back: the distance counts, not its sign.
    return Math.abs(nowUnixNanos - lastSampleUnixNanos) >= interval;
  }

  private void chooseSample(long nowUnixNanos, int batchClass, int position) {
    lastSampleUnixNanos = nowUnixNanos;
    looksLeft = LOOKS;
    awaitedClass = batchClass;
    awaitedPosition = position;
    replies.stampWanted(position);
  }

  /** Learns from the stamp that is awaited, if it is there; to be called after sending. */
  void learn() {
    if (looksLeft == 0) {
      return;
    }
    while (stamps.take()) {
      long stamp = stamps.stampRealtimeNanos();
      long nanos = clock.unixNanosOfStamp(stamp) - awaitedClockUnixNanos;
      // One from before the clock was read is of a reply that was given up on.
      if (stamp != 0 && nanos >= 0) {
        looksLeft = 0;
        unanswered = 0;
        lead.learn(awaitedClass, awaitedPosition, nanos);
        counters.countDeparture(awaitedClass, lead.leadNanos(awaitedClass, 0));
        return;
      }
    }
    if (--looksLeft == 0 && ++unanswered == UNANSWERED_UNTIL_SELDOM) {
      // Whatever stamped before is no longer on the way; what it taught may no longer hold.
      lead.forget();
    }
  }
}
