package org.timeball.server.peer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.DatagramPath;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.process.ThreadEnd;

/** The thread that listens on one network, and tries again where it cannot. */
final class BroadcastReceiver implements AutoCloseable {
  /** Chosen: a device may come up later than we do. */
  private static final int RETRY_SECONDS = 10;

  private final String source;
  private final UdpGroup group;
  private final GroupMembership groups;
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private DatagramPath path;

  BroadcastReceiver(
      String source,
      UdpGroup group,
      GroupMembership groups,
      PacketClock clock,
      Consumer<Event> brain) {
    this.source = source;
    this.group = group;
    this.groups = groups;
    this.clock = clock;
    this.brain = brain;
    thread = Thread.ofPlatform().name("group-" + source).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        try {
          if (open()) {
            listen();
          }
        } catch (NetException e) {
          brain.accept(new Event.Unreachable(source, e.getMessage(), e.isForWantOfAWay()));
        } finally {
          closePath();
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
    path = new DatagramPath(groups.join(group), clock);
    return true;
  }

  private synchronized void closePath() {
    if (path != null) {
      path.close();
      path = null;
    }
  }

  /** {@code path} is this thread's own until {@link #closePath}. */
  private void listen() throws NetException {
    DatagramPath mine = path;
    Pace pace = new Pace(clock.nowRawNanos());
    while (closing.getCount() > 0) {
      mine.receive(arrival -> {
        if (pace.allows(clock.nowRawNanos())) {
          brain.accept(
              new Event.GroupPacket(
                  source,
                  arrival.sender().getAddress().getHostAddress(),
                  arrival.received(),
                  arrival.packet()));
        }
      });
    }
  }

  private synchronized void stopReceiving() {
    closing.countDown();
    if (path != null) {
      path.stopReceiving();
    }
  }

  /** Ends the thread, and waits for it. */
  @Override
  public void close() {
    stopReceiving();
    ThreadEnd.await(thread);
  }
}
