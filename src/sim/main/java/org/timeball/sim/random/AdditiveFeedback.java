package org.timeball.sim.random;

/**
 * {@code random()} of the GNU C library with its default state of 31 words: an additive feedback
 * generator seeded by a Lehmer generator. clknetsim takes from it one seed for each random function
 * in its configuration.
 */
public final class AdditiveFeedback {
  private static final int DEGREE = 31;
  private static final int SEPARATION = 3;

  /** So many numbers are thrown away after seeding. */
  private static final int DISCARDED = 10 * DEGREE;

  /** The Lehmer generator of the seeding: 16807 modulo 2^31 - 1. */
  private static final long MULTIPLIER = 16_807;

  private static final long MODULUS = 0x7FFF_FFFFL;

  private final int[] state = new int[DEGREE];
  private int front = SEPARATION;
  private int rear;

  /** Seeds the stream; 0 counts as 1. */
  public AdditiveFeedback(long seed) {
    int word = (int) seed;
    state[0] = word == 0 ? 1 : word;
    for (int i = 1; i < DEGREE; i++) {
      // The library's remainder keeps the sign of a negative seed and is then made positive.
      long next = MULTIPLIER * state[i - 1] % MODULUS;
      state[i] = (int) (next < 0 ? next + MODULUS : next);
    }
    for (int i = 0; i < DISCARDED; i++) {
      next();
    }
  }

  /** The next number, 0 to 2^31 - 1. */
  public int next() {
    state[front] += state[rear];
    int value = state[front] >>> 1;
    front = (front + 1) % DEGREE;
    rear = (rear + 1) % DEGREE;
    return value;
  }
}
