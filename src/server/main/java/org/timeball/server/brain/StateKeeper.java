package org.timeball.server.brain;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.timeball.platform.process.ThreadEnd;

/**
 * Writes what was learned on a thread of its own, so that a slow SD card delays nobody. Of several
 * texts that wait, only the newest is written. Any thread may keep.
 */
public final class StateKeeper implements AutoCloseable {
  private final Store file;
  private final AtomicReference<String> newest = new AtomicReference<>();
  private final Semaphore bell = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;

  /**
   * Starts the thread.
   *
   * @param path the state file
   */
  public StateKeeper(Path path) {
    this(new StateFile(path), "state");
  }

  /**
   * Starts the thread.
   *
   * @param file what is kept
   * @param thread its name
   */
  public StateKeeper(Store file, String thread) {
    this.file = file;
    this.thread = Thread.ofPlatform().name(thread).daemon().start(this::run);
  }

  /** What an earlier run learned; empty if nothing can be used. */
  public String earlier() {
    return file.read();
  }

  /** Keeps this text instead of all before; returns at once. */
  public void keep(String text) {
    newest.set(text);
    bell.release();
  }

  private void run() {
    do {
      bell.acquireUninterruptibly();
      String text = newest.getAndSet(null);
      if (text != null) {
        file.write(text);
      }
    } while (!closing || newest.get() != null);
  }

  /** Writes what still waits and ends the thread. */
  @Override
  public void close() {
    closing = true;
    bell.release();
    ThreadEnd.await(thread);
  }
}
