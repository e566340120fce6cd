package org.timeball.sim.scenario;

import java.util.Random;

/** Random numbers of a seed. */
final class Draws {
  /** 2^64 over the golden ratio, odd. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /** Spread over all bits: neighbouring seeds would begin with nearly the same number. */
  static Random of(long seed) {
    return new Random(seed * GOLDEN_RATIO);
  }
}
