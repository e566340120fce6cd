package org.timeball.sim.node;

import java.util.OptionalDouble;
import java.util.Random;

/**
 * A sensor of a processor's temperature as small boards have it: read every ten seconds, in coarse
 * steps, and hotter now and then because something is computed.
 */
public final class SimulatedSensor {
  private static final int EVERY = 10;

  /** Degrees; the BCM2711's sensor has 0.487. */
  private static final double STEP = 0.487;

  /** Degrees; standard deviation of a reading. */
  private static final double NOISE = 0.3;

  /** Part of the readings that fall into a computation, and what that adds in degrees. */
  private static final double BUSY = 0.05;

  private static final double BUSY_DEGREES = 4;

  /** Temperature by seconds. */
  @FunctionalInterface
  public interface Course {
    /** Degrees Celsius that many true seconds after the world began. */
    double celsius(int second);
  }

  private final Course course;
  private final Random random;
  private int second;

  /**
   * @param course of the board's temperature
   * @param seed makes its noise repeatable
   */
  public SimulatedSensor(Course course, long seed) {
    this.course = course;
    this.random = new Random(seed);
  }

  /** Lets a second pass; a reading now and then. */
  OptionalDouble second() {
    second++;
    if (second % EVERY != 0) {
      return OptionalDouble.empty();
    }
    double hotter = random.nextDouble() < BUSY ? BUSY_DEGREES : 0;
    double felt = course.celsius(second) + hotter + NOISE * random.nextGaussian();
    return OptionalDouble.of(STEP * Math.rint(felt / STEP));
  }
}
