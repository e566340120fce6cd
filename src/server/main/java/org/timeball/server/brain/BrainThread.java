package org.timeball.server.brain;

import java.lang.System.Logger;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.timeball.core.Brain;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.SystemClock;
import org.timeball.platform.process.ThreadEnd;

/**
 * The thread that owns the brain. Others hand it events through the {@link BrainQueue} and ask
 * questions with {@link #ask}; it alone steers the clock.
 *
 * @param <B> the brain's kind, for questions that only it can answer
 */
public final class BrainThread<B extends Brain> implements AutoCloseable {
  private static final Logger LOG = System.getLogger(BrainThread.class.getName());

  /** How long a quiet brain sleeps at most: the watchdog wants to hear from it. */
  private static final long LONGEST_SLEEP_NANOS = 500_000_000L;

  // Of the thread alone once it is started.
  private B brain;

  private final SystemClock clock;
  private final BrainQueue queue;
  private final ActionExecutor executor;
  private final BrainHost host;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * A thread that is not started yet.
   *
   * @param brain belongs to the thread from {@link #start} on
   * @param clock what it steers
   * @param queue what others tell it
   * @param host takes what concerns other threads
   */
  public BrainThread(B brain, SystemClock clock, BrainQueue queue, BrainHost host) {
    this.brain = brain;
    this.clock = clock;
    this.queue = queue;
    this.host = host;
    executor = new ActionExecutor(clock, host, queue::put);
    thread = Thread.ofPlatform().name("brain").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /**
   * Asks the brain something, between two events.
   *
   * @param question runs on the brain's thread; must return at once
   */
  public <T> CompletableFuture<T> ask(Function<B, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    queue.ask(() -> {
      try {
        answer.complete(question.apply(brain));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  /** Puts another brain in its place, between two events, made from the one there was. */
  public void replace(UnaryOperator<B> successor) {
    queue.ask(() -> brain = successor.apply(brain));
  }

  private void run() {
    try {
      while (!closing) {
        long now = clock.read().rawNanos();
        long sleep = Math.min(brain.nextWakeRawNanos() - now, LONGEST_SLEEP_NANOS);
        turn(queue.take(sleep));
        host.afterTurn();
      }
    } catch (InterruptedException e) {
      LOG.log(Logger.Level.DEBUG, "the brain was asked to end");
    } catch (RuntimeException e) {
      host.failed(e);
    }
  }

  private void turn(BrainQueue.Item item) {
    switch (item) {
      case null -> {}
      case BrainQueue.Item.Happened(Event event) -> handle(event);
      case BrainQueue.Item.Asked(Runnable question) -> question.run();
    }
    if (clock.read().rawNanos() >= brain.nextWakeRawNanos()) {
      handle(new Event.WakeUp());
    }
  }

  private void handle(Event event) {
    ClockReading now = clock.read();
    executor.carryOut(brain.handle(event, now));
  }

  /** Ends the thread after the turn it is at. */
  @Override
  public void close() {
    closing = true;
    queue.ask(() -> {});
    ThreadEnd.await(thread);
  }
}
