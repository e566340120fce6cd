package org.timeball.checks.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what must come. The limit only bounds a failure: a slow machine may take its time. */
final class Eventually {
  private static final long LIMIT_NANOS = 120_000_000_000L;
  private static final long PAUSE_MILLIS = 50;

  private Eventually() {}

  /**
   * Looks again and again until what is seen is as wanted.
   *
   * @param what is waited for, for the message
   * @throws AssertionError with what was seen last, if it does not come
   */
  static <T> T see(String what, Supplier<T> look, Predicate<T> wanted) {
    CountDownLatch never = new CountDownLatch(1);
    long begin = System.nanoTime();
    T seen = look.get();
    try {
      while (!wanted.test(seen)) {
        if (System.nanoTime() - begin > LIMIT_NANOS
            || never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new AssertionError("%s did not come; last seen: %s".formatted(what, seen));
        }
        seen = look.get();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + what, e);
    }
    return seen;
  }
}
