package org.timeball.platform.clock;

import java.util.Arrays;

/** Prints how tight the pairs of this machine are, and what the first and later readings cost. */
final class PairMeasurement {
  private static final int PAIRS = 1_000_000;

  private PairMeasurement() {}

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    UserClock clock = UserClock.startingAtRealtime();
    long ready = System.nanoTime();
    System.out.printf(
        "first reading after %.1f ms; precision 2^%d s%n",
        (ready - start) / 1e6, clock.precisionExponent());
    ClockPair pair = new ClockPair(LinuxClocks.INSTANCE);
    long[] halfWidths = new long[PAIRS];
    long[] surprises = new long[PAIRS];
    long[] costs = new long[PAIRS];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < PAIRS; i++) {
        long before = LinuxClocks.INSTANCE.rawNanos();
        long last = pair.offsetNanos();
        pair.take();
        halfWidths[i] = pair.halfWidthNanos();
        surprises[i] = Math.abs(pair.offsetNanos() - last);
        costs[i] = LinuxClocks.INSTANCE.rawNanos() - before;
      }
    }
    print("half width", halfWidths);
    print("change from pair to pair", surprises);
    print("cost of a pair and two readings", costs);
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%s, ns: median %d, 99 %% %d, 99.9 %% %d, worst of %d: %d%n",
        what,
        nanos[PAIRS / 2],
        nanos[PAIRS / 100 * 99],
        nanos[PAIRS / 1000 * 999],
        PAIRS,
        nanos[PAIRS - 1]);
  }
}
