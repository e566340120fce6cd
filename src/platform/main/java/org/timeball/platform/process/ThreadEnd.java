package org.timeball.platform.process;

/** Waiting for a thread that was asked to end. */
public final class ThreadEnd {
  private ThreadEnd() {}

  /**
   * Returns when it has ended. Who is interrupted meanwhile waits on, because what the thread uses
   * must not be closed under it, and is interrupted afterwards.
   */
  public static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
