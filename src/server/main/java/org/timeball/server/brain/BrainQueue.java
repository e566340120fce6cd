package org.timeball.server.brain;

import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.timeball.core.Event;

/**
 * What waits for the brain. Any thread puts, one takes; nobody waits for a lock.
 *
 * <p>Bounded: when it is full, the oldest measurement makes room, because an old measurement is
 * worth less than a new one. Line states and questions are few and are never dropped.
 */
public final class BrainQueue {
  /** Ten seconds of a receiver that says all it can, which is longer than any turn of the brain. */
  private static final int CAPACITY = 1_024;

  private final int capacity;
  private final ConcurrentLinkedQueue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Semaphore bell = new Semaphore(0);

  /** One thing for the brain's thread to do. */
  sealed interface Item {
    /** Hand this to the brain. */
    record Happened(Event event) implements Item {}

    /** Run this on the brain's thread. */
    record Asked(Runnable question) implements Item {}
  }

  public BrainQueue() {
    this(CAPACITY);
  }

  BrainQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Puts an event; returns at once. */
  public void put(Event event) {
    add(new Item.Happened(event));
  }

  /** Lets the brain's thread run something between two events; returns at once. */
  void ask(Runnable question) {
    add(new Item.Asked(question));
  }

  /** Measurements that made room for newer ones. */
  public long dropped() {
    return dropped.get();
  }

  private void add(Item item) {
    if (size.incrementAndGet() > capacity) {
      dropOldestMeasurement();
    }
    items.add(item);
    bell.release();
  }

  private void dropOldestMeasurement() {
    for (Iterator<Item> i = items.iterator(); i.hasNext(); ) {
      Item item = i.next();
      // Two threads that see the same item: only the one whose removal succeeds counts it.
      if (isMeasurement(item) && items.remove(item)) {
        size.decrementAndGet();
        dropped.incrementAndGet();
        return;
      }
    }
  }

  private static boolean isMeasurement(Item item) {
    return item instanceof Item.Happened(Event event)
        && (event instanceof Event.Label
            || event instanceof Event.Pulse
            || event instanceof Event.Sample
            || event instanceof Event.Reply
            || event instanceof Event.PeerPacket);
  }

  /**
   * The next item, waiting for one if there is none.
   *
   * @return null if none came within {@code nanos}
   * @throws InterruptedException if the thread is asked to end
   */
  Item take(long nanos) throws InterruptedException {
    Item item = items.poll();
    if (item == null && nanos > 0 && bell.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      // One look at the queue finds everything for which the bell has rung so far.
      bell.drainPermits();
      item = items.poll();
    }
    if (item != null) {
      size.decrementAndGet();
    }
    return item;
  }
}
