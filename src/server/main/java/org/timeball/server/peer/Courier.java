package org.timeball.server.peer;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.timeball.core.Event;
import org.timeball.platform.net.NetException;

/**
 * The thread that carries what is sent to one server, peer or network, one thing at a time, and
 * tells the brain what could not be sent.
 *
 * @param <T> what it carries
 */
final class Courier<T> implements AutoCloseable {
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);

  private final String source;
  private final Errand<T> errand;
  private final Runnable atEnd;
  private final Consumer<Event> brain;
  private final Thread thread;
  // One thing at a time is on its way; one more may wait, and a third means that both are late.
  private final BlockingQueue<T> waiting = new ArrayBlockingQueue<>(1);

  /** How a thing is carried. Used by the thread alone. */
  @FunctionalInterface
  interface Errand<T> {
    /**
     * Carries it; does nothing any more if the thread is interrupted.
     *
     * @throws UnknownHostException if a name cannot be looked up; the name is its message
     * @throws IOException if there is no way, or the network refuses
     */
    void carry(T thing) throws IOException;
  }

  /**
   * @param source name of the server, peer or network in the configuration
   * @param atEnd is run by the thread as the last thing it does
   * @param brain takes events; returns at once
   */
  Courier(String source, Errand<T> errand, Runnable atEnd, Consumer<Event> brain) {
    this.source = source;
    this.errand = errand;
    this.atEnd = atEnd;
    this.brain = brain;
    thread = Thread.ofPlatform().name("peer-" + source).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes a thing; the one that waited before it, if any, is given up. */
  void give(T thing) {
    while (!waiting.offer(thing)) {
      waiting.poll();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        carry(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      atEnd.run();
    }
  }

  private void carry(T thing) {
    try {
      errand.carry(thing);
    } catch (UnknownHostException e) {
      brain.accept(new Event.Unreachable(source, Peers.unknown(e.getMessage()), true));
    } catch (IOException e) {
      unreachable(e);
    }
  }

  /** Tells the brain of a failure; may be called by any thread. */
  void unreachable(IOException failure) {
    boolean noWay = failure instanceof NetException refusal && refusal.isForWantOfAWay();
    brain.accept(new Event.Unreachable(source, failure.getMessage(), noWay));
  }

  /** Asks the thread to end, and does not wait for it. */
  void stop() {
    thread.interrupt();
  }

  /**
   * Ends the thread, and waits for it; not for the name service, which may keep it for long and
   * after which it does nothing any more.
   */
  @Override
  public void close() {
    stop();
    try {
      thread.join(PATIENCE_AT_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
