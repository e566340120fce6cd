package org.timeball.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.timeball.core.Event;

@Timeout(60)
class CourierTest {
  private final BlockingQueue<String> carried = new LinkedBlockingQueue<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Semaphore way = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);

  private Courier<String> courier(Courier.Errand<String> errand) {
    Courier<String> courier = new Courier<>("ntp", errand, ended::countDown, events::add);
    courier.start();
    return courier;
  }

  private static void expect(BlockingQueue<String> queue, String next) throws Exception {
    assertThat(queue.take()).isEqualTo(next);
  }

  @Test
  void ofThoseThatWaitTheLastIsCarried() throws Exception {
    try (Courier<String> courier =
        courier(thing -> {
          carried.add(thing);
          way.acquireUninterruptibly();
        })) {
      courier.give("first");
      expect(carried, "first");
      courier.give("second");
      courier.give("third");
      way.release(3);
      expect(carried, "third");
      courier.give("fourth");
      expect(carried, "fourth");
    }
    assertThat(carried).isEmpty();
  }

  @Test
  void tellsWhyAThingCouldNotBeCarriedAndTakesTheNext() throws Exception {
    try (Courier<String> courier =
        courier(thing -> {
          throw thing.equals("name")
              ? new UnknownHostException("ntp.example")
              : new IOException("no buffer");
        })) {
      courier.give("name");
      Event.Unreachable unknown = (Event.Unreachable) events.take();
      assertThat(unknown.reason()).contains("'ntp.example' cannot be looked up");
      assertThat(unknown.noWay()).isTrue();
      courier.give("thing");
      assertThat(events.take()).isEqualTo(new Event.Unreachable("ntp", "no buffer", false));
    }
  }

  @Test
  void endsAndSaysSoWhileItWaitsForAThing() throws Exception {
    try (Courier<String> courier = courier(carried::add)) {
      courier.give("first");
      expect(carried, "first");
    }
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void whatKeepsTheThreadForLongIsNotWaitedFor() throws Exception {
    try (Courier<String> courier =
        courier(thing -> {
          carried.add(thing);
          way.acquireUninterruptibly();
        })) {
      courier.give("first");
      expect(carried, "first");
    }
    assertThat(ended.getCount()).isEqualTo(1);
    way.release();
    ended.await();
  }
}
