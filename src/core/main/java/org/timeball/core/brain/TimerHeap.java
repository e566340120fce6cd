package org.timeball.core.brain;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What is to be done when, on the raw scale. Each key has at most one moment.
 *
 * @param <K> what is to be done
 */
final class TimerHeap<K> {
  private record Entry<K>(long atRawNanos, long order, K key) {}

  private final PriorityQueue<Entry<K>> heap =
      new PriorityQueue<>(
          Comparator.<Entry<K>>comparingLong(Entry::atRawNanos).thenComparingLong(Entry::order));
  private final Map<K, Entry<K>> current = new HashMap<>();
  private long order;

  /** Sets the moment of a key, in place of an earlier one. */
  void schedule(K key, long atRawNanos) {
    cancel(key);
    Entry<K> entry = new Entry<>(atRawNanos, order++, key);
    current.put(key, entry);
    heap.add(entry);
  }

  void cancel(K key) {
    Entry<K> old = current.remove(key);
    if (old != null) {
      heap.remove(old);
    }
  }

  /** Takes the earliest key whose moment has come; those of the same moment in the order set. */
  Optional<K> takeDue(long nowRawNanos) {
    Entry<K> first = heap.peek();
    if (first == null || first.atRawNanos() > nowRawNanos) {
      return Optional.empty();
    }
    heap.remove();
    current.remove(first.key());
    return Optional.of(first.key());
  }

  /** The earliest moment; {@link Long#MAX_VALUE} if there is nothing to do. */
  long nextRawNanos() {
    Entry<K> first = heap.peek();
    return first == null ? Long.MAX_VALUE : first.atRawNanos();
  }
}
