package org.timeball.server.net;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpSocket;
import org.timeball.platform.process.ThreadEnd;

/** The thread that listens to one group or network, and tries again where it cannot. */
public final class GroupListener implements AutoCloseable {
  /** Chosen: a device may come up later than we do. */
  static final Duration RETRY = Duration.ofSeconds(10);

  private final Membership membership;
  private final Function<UdpSocket, Ear> ears;
  private final Consumer<NetException> trouble;
  private final Duration retry;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private UdpSocket socket;

  /** Opens a socket that hears what is sent to the group. */
  @FunctionalInterface
  public interface Membership {
    /**
     * Joins.
     *
     * @throws NetException if there is no socket to be had
     */
    UdpSocket join() throws NetException;
  }

  /** Hears what comes to one socket. Used and closed by the listening thread alone. */
  public interface Ear extends AutoCloseable {
    /**
     * Waits for datagrams, and sees to those that came.
     *
     * @throws NetException if the kernel refuses
     */
    void hear() throws NetException;

    /** Gives back what it needed; the socket may be among that. */
    @Override
    void close();
  }

  /**
   * @param threadName what the thread is called
   * @param ears make one for each socket that is opened
   * @param trouble takes what keeps it from listening, each time it tries; returns at once
   */
  public GroupListener(
      String threadName,
      Membership membership,
      Function<UdpSocket, Ear> ears,
      Consumer<NetException> trouble) {
    this(threadName, membership, ears, trouble, RETRY);
  }

  GroupListener(
      String threadName,
      Membership membership,
      Function<UdpSocket, Ear> ears,
      Consumer<NetException> trouble,
      Duration retry) {
    this.membership = membership;
    this.ears = ears;
    this.trouble = trouble;
    this.retry = retry;
    thread = Thread.ofPlatform().name(threadName).daemon().unstarted(this::run);
  }

  /** Begins to listen. */
  public void start() {
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
          trouble.accept(e);
        } finally {
          closeSocket();
        }
      } while (!closing.await(retry.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean open() throws NetException {
    if (closing.getCount() == 0) {
      return false;
    }
    socket = membership.join();
    return true;
  }

  private synchronized void closeSocket() {
    if (socket != null) {
      socket.close();
    }
  }

  /** {@code socket} is this thread's own until {@link #closeSocket}. */
  private void listen() throws NetException {
    try (Ear ear = ears.apply(socket)) {
      while (closing.getCount() > 0) {
        ear.hear();
      }
    }
  }

  private synchronized void stopReceiving() {
    closing.countDown();
    if (socket != null) {
      socket.stopReceiving();
    }
  }

  /** Ends the thread, and waits for it. */
  @Override
  public void close() {
    stopReceiving();
    ThreadEnd.await(thread);
  }
}
