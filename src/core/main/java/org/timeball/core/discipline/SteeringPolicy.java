package org.timeball.core.discipline;

/**
 * What an operator allows to be done to the clock. Offsets and thresholds are seconds; {@link
 * Double#POSITIVE_INFINITY} switches a threshold off.
 *
 * @param initialStepThreshold a larger offset is stepped while the clock has not been right yet
 * @param stepThreshold a larger offset is stepped later
 * @param panicThreshold a larger offset is refused once the clock has been right
 * @param refuseThreshold a larger offset is never corrected, not even at the start
 * @param stepLimit how often the clock may be stepped
 * @param maximumSlewRate dimensionless; how much faster or slower than true time the clock may run
 *     to take out an offset, 1e-6 to 0.1
 * @param initialSlewRate the same while the clock has not been right yet
 * @param loop what steers the clock once it has been right
 */
public record SteeringPolicy(
    double initialStepThreshold,
    double stepThreshold,
    double panicThreshold,
    double refuseThreshold,
    StepLimit stepLimit,
    double maximumSlewRate,
    double initialSlewRate,
    Loop loop) {

  /** Who decides about the clock's rate. */
  public enum Loop {
    /** {@link Steering}. */
    OWN,
    /** The kernel's phase-locked loop (RFC 1589), which is told offsets; steps remain ours. */
    KERNEL
  }

  /**
   * At most so many steps in so much time; an offset that would be one more is slewed.
   *
   * @param times at least 1
   * @param withinSeconds above 0
   */
  public record StepLimit(int times, double withinSeconds) {
    /** As often as it must be. */
    public static final StepLimit NONE = new StepLimit(Integer.MAX_VALUE, 1);

    public StepLimit {
      if (times < 1) {
        throw new IllegalArgumentException("times " + times + " is below 1");
      }
      requirePositive("withinSeconds", withinSeconds);
    }
  }

  /** The largest rate {@code clock_adjtime} can set by its tick: 10 %. */
  private static final double RATE_LIMIT = 0.1;

  /**
   * The defaults: 10 ms at the start, 128 ms later (STEPT; RFC 5905, section 12), no panic, 500
   * ppm. The start is hurried because nobody can have relied on the clock yet.
   */
  public static final SteeringPolicy DEFAULT =
      new SteeringPolicy(
          0.010,
          0.128,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          StepLimit.NONE,
          500e-6,
          0.05,
          Loop.OWN);

  public SteeringPolicy {
    requirePositive("initialStepThreshold", initialStepThreshold);
    requirePositive("stepThreshold", stepThreshold);
    requirePositive("panicThreshold", panicThreshold);
    requirePositive("refuseThreshold", refuseThreshold);
    requireRate("maximumSlewRate", maximumSlewRate);
    requireRate("initialSlewRate", initialSlewRate);
  }

  /** The same, but no offset is ever stepped. */
  public SteeringPolicy slewOnly() {
    return new SteeringPolicy(
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        panicThreshold,
        refuseThreshold,
        stepLimit,
        maximumSlewRate,
        initialSlewRate,
        loop);
  }

  /** The same, but steered by another loop. */
  public SteeringPolicy by(Loop newLoop) {
    return new SteeringPolicy(
        initialStepThreshold,
        stepThreshold,
        panicThreshold,
        refuseThreshold,
        stepLimit,
        maximumSlewRate,
        initialSlewRate,
        newLoop);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " " + value + " is not above 0 s");
    }
  }

  private static void requireRate(String name, double value) {
    if (!(value >= 1e-6 && value <= RATE_LIMIT)) {
      throw new IllegalArgumentException(name + " " + value + " is outside 1e-6 to " + RATE_LIMIT);
    }
  }
}
