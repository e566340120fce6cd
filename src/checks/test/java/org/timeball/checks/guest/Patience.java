package org.timeball.checks.guest;

import java.util.Optional;
import java.util.concurrent.Callable;

/** Waits for what must come, and says what was missing if it does not. */
final class Patience {
  /** A guest on a busy machine is up to this much slower than on an idle one. */
  private static final long SLOWNESS = 10;

  private static final long PAUSE_MILLIS = 50;

  private Patience() {}

  /** The limit, in nanoseconds, for something that takes so many seconds on an idle machine. */
  static long limitNanos(double idleSeconds) {
    return (long) (idleSeconds * SLOWNESS * 1e9);
  }

  /**
   * Asks again and again until there is an answer.
   *
   * @param what is waited for, as a message says it: {@code stratum 1}
   * @param idleSeconds how long it takes at most on an idle machine
   * @throws AssertionError if it does not come within ten times as long
   */
  static <T> T until(String what, double idleSeconds, Callable<Optional<T>> question)
      throws Exception {
    long begin = System.nanoTime();
    while (true) {
      Optional<T> answer = question.call();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() - begin > limitNanos(idleSeconds)) {
        throw new AssertionError(
            "%s did not come within %.0f s".formatted(what, idleSeconds * SLOWNESS));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
