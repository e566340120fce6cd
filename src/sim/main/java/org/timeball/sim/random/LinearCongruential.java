package org.timeball.sim.random;

/**
 * {@code random()} of the GNU C library with the smallest state, and what clknetsim makes of it:
 * uniform, normal and exponential deviates.
 *
 * <p>{@link StrictMath} gives the same numbers on every machine.
 */
public final class LinearCongruential {
  private int state;

  /** Seeds the generator; 0 counts as 1. */
  public LinearCongruential(int seed) {
    this.state = seed == 0 ? 1 : seed;
  }

  private int next() {
    state = (state * 1_103_515_245 + 12_345) & 0x7FFF_FFFF;
    return state;
  }

  /** Between 0 and 1, made of two numbers so that all 53 bits are filled; never 0. */
  public double uniform() {
    double low = (next() + 1.0) / 2_147_483_649.0;
    return (next() + low) / 2_147_483_648.0;
  }

  /** Mean 0, variance 1, by Marsaglia's polar method; the second deviate of each pair is unused. */
  public double normal() {
    while (true) {
      double x = 2 * uniform() - 1;
      double y = 2 * uniform() - 1;
      double square = x * x + y * y;
      if (square < 1) {
        return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  /** Mean 1. */
  public double exponential() {
    return -StrictMath.log(uniform());
  }

  /** Whole numbers with this mean, by Knuth's product of uniform deviates. */
  public int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    double product = uniform();
    int count = 0;
    while (product > limit) {
      product *= uniform();
      count++;
    }
    return count;
  }
}
