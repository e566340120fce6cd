package org.timeball.testkit;

import java.util.random.RandomGenerator;

/** How the octets of a recording are cut into pieces for the driver. */
@FunctionalInterface
public interface Chunking {
  /**
   * How many octets the next piece has, at least 1 and at most {@code remaining}.
   *
   * @param remaining octets of the same step that are left, at least 1
   */
  int next(int remaining);

  /** Pieces of this many octets. */
  static Chunking of(int octets) {
    if (octets < 1) {
      throw new IllegalArgumentException("pieces of " + octets + " octets");
    }
    return remaining -> Math.min(octets, remaining);
  }

  /** Pieces of 1 to {@code most} octets; the same seed cuts the same way. */
  static Chunking random(RandomGenerator seeded, int most) {
    return remaining -> Math.min(seeded.nextInt(1, most + 1), remaining);
  }
}
