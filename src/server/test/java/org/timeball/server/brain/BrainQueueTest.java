package org.timeball.server.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.timeball.core.Event;

class BrainQueueTest {
  @Test
  void givesEventsInTheOrderInWhichTheyCame() throws InterruptedException {
    BrainQueue queue = new BrainQueue(4);
    queue.put(pulse(1));
    queue.put(new Event.Line("gps", false, "unplugged"));
    queue.put(pulse(2));

    assertThat(drained(queue))
        .containsExactly(pulse(1), new Event.Line("gps", false, "unplugged"), pulse(2));
  }

  @Test
  void whenFullDropsTheOldestMeasurementAndCountsIt() throws InterruptedException {
    BrainQueue queue = new BrainQueue(3);
    queue.put(new Event.Line("gps", true, ""));
    queue.put(pulse(1));
    queue.put(pulse(2));
    queue.put(pulse(3));
    queue.put(pulse(4));

    assertThat(queue.dropped()).isEqualTo(2);
    assertThat(drained(queue)).containsExactly(new Event.Line("gps", true, ""), pulse(3), pulse(4));
  }

  @Test
  void neverDropsAQuestion() throws InterruptedException {
    BrainQueue queue = new BrainQueue(1);
    List<String> asked = new ArrayList<>();
    queue.ask(() -> asked.add("a"));
    queue.ask(() -> asked.add("b"));

    for (BrainQueue.Item item = queue.take(0); item != null; item = queue.take(0)) {
      if (item instanceof BrainQueue.Item.Asked(Runnable question)) {
        question.run();
      }
    }
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void wakesAThreadThatWaits() throws InterruptedException {
    BrainQueue queue = new BrainQueue(4);
    Thread producer = Thread.ofPlatform().start(() -> queue.put(pulse(1)));

    assertThat(queue.take(60_000_000_000L)).isEqualTo(new BrainQueue.Item.Happened(pulse(1)));
    producer.join();
  }

  private static Event pulse(long sequence) {
    return new Event.Pulse("gps", sequence * 1_000_000_000L, sequence);
  }

  private static List<Event> drained(BrainQueue queue) throws InterruptedException {
    List<Event> events = new ArrayList<>();
    for (BrainQueue.Item item = queue.take(0); item != null; item = queue.take(0)) {
      if (item instanceof BrainQueue.Item.Happened(Event event)) {
        events.add(event);
      }
    }
    return events;
  }
}
