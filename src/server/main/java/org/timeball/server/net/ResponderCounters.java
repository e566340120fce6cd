package org.timeball.server.net;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.TransmitLead;

/**
 * What a responder did, since its start. Written by its thread alone, read by any; a reader may be
 * a moment late, never wrong for good.
 */
public final class ResponderCounters {
  private final Map<Outcome, AtomicLong> outcomes = new EnumMap<>(Outcome.class);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong notSent = new AtomicLong();
  private final AtomicLong unstamped = new AtomicLong();
  private final AtomicLong interleaved = new AtomicLong();
  private final AtomicLong departures = new AtomicLong();
  private final AtomicLongArray leads = new AtomicLongArray(TransmitLead.CLASSES);

  ResponderCounters() {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, new AtomicLong());
    }
  }

  void countOutcome(Outcome outcome) {
    add(outcomes.get(outcome), 1);
  }

  void countSent(int taken, int refused) {
    add(sent, taken);
    if (refused != 0) {
      add(notSent, refused);
    }
  }

  void countUnstamped() {
    add(unstamped, 1);
  }

  void countInterleaved() {
    add(interleaved, 1);
  }

  void countDeparture(int batchClass, long leadNanos) {
    add(departures, 1);
    leads.setRelease(batchClass, leadNanos);
  }

  private static void add(AtomicLong counter, long increment) {
    // One writer: a plain read of its own last write and an ordered store are enough.
    counter.setRelease(counter.getPlain() + increment);
  }

  /** How many datagrams came to this end. */
  public long count(Outcome outcome) {
    return outcomes.get(outcome).get();
  }

  /** Datagrams received. */
  public long received() {
    long sum = 0;
    for (AtomicLong outcome : outcomes.values()) {
      sum += outcome.get();
    }
    return sum;
  }

  /** Replies that the kernel took. */
  public long sent() {
    return sent.get();
  }

  /** Replies that the kernel refused, for want of a route or by a firewall's rule. */
  public long notSent() {
    return notSent.get();
  }

  /** Datagrams that came without the kernel's stamp, so that their wait in the queue is unknown. */
  public long unstamped() {
    return unstamped.get();
  }

  /** Replies in the interleaved mode (RFC 9769). */
  public long interleaved() {
    return interleaved.get();
  }

  /** Replies of which the kernel told when they left. */
  public long departures() {
    return departures.get();
  }

  /**
   * What is added now to the clock's reading for the first reply of a batch, in nanoseconds; 0
   * until it is learned.
   *
   * @param batchClass see {@link TransmitLead#restClass} and {@link TransmitLead#CODED}
   */
  public long transmitLeadNanos(int batchClass) {
    return leads.get(batchClass);
  }
}
