package org.timeball.core.temperature;

/**
 * A Kalman filter under one hypothesis of how fast the oscillator wanders. Its states are the phase
 * in seconds, the frequency, and by how much the frequency changes with the warmth and with its
 * square. Belongs to one thread.
 *
 * <p>The state-space model is that of {@code WanderBank}, x' = x + y dt, y' = y + wander dB, with
 * two more inputs whose coefficients hardly change.
 */
final class ThermalFilter {
  static final int PHASE = 0;
  static final int FREQUENCY = 1;
  static final int SLOPE = 2;
  static final int CURVE = 3;
  private static final int STATES = 4;

  /** Frequency before anything is known: 200 ppm. */
  private static final double FREQUENCY_SIGMA = 2e-4;

  /** By how much a coefficient may change in a day, as it ages: 0.03 ppm a unit of warmth. */
  private static final double AGEING_SQUARE = 3e-8 * 3e-8 / 86_400;

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final double wanderSquare;
  private final double[] state = new double[STATES];
  private final double[][] covariance = new double[STATES][STATES];

  /**
   * @param wanderSquare (wander per square root of a second)²
   * @param slope of frequency by warmth, as it is taken at first
   * @param curve of frequency by warmth squared
   */
  ThermalFilter(
      double wanderSquare, double slope, double slopeSigma, double curve, double curveSigma) {
    this.wanderSquare = wanderSquare;
    state[SLOPE] = slope;
    state[CURVE] = curve;
    covariance[FREQUENCY][FREQUENCY] = FREQUENCY_SIGMA * FREQUENCY_SIGMA;
    covariance[SLOPE][SLOPE] = slopeSigma * slopeSigma;
    covariance[CURVE][CURVE] = curveSigma * curveSigma;
  }

  /**
   * Carries the belief forward.
   *
   * @param warmthSeconds integral of the warmth over these seconds
   * @param squareSeconds integral of its square
   * @param noise what a second adds to the variance of the phase, since the warmth is badly known
   */
  void predict(double seconds, double warmthSeconds, double squareSeconds, double noise) {
    double[] into = {1, seconds, warmthSeconds, squareSeconds};
    double phase = 0;
    double variance = 0;
    double[] withPhase = new double[STATES];
    for (int i = 0; i < STATES; i++) {
      phase += into[i] * state[i];
      for (int j = 0; j < STATES; j++) {
        withPhase[i] += covariance[i][j] * into[j];
      }
      variance += into[i] * withPhase[i];
    }
    state[PHASE] = phase;
    for (int i = 1; i < STATES; i++) {
      covariance[PHASE][i] = withPhase[i];
      covariance[i][PHASE] = withPhase[i];
    }
    double added = wanderSquare * seconds;
    covariance[PHASE][PHASE] = variance + added * seconds * seconds / 3 + noise * seconds;
    covariance[PHASE][FREQUENCY] += added * seconds / 2;
    covariance[FREQUENCY][PHASE] = covariance[PHASE][FREQUENCY];
    covariance[FREQUENCY][FREQUENCY] += added;
    covariance[SLOPE][SLOPE] += AGEING_SQUARE * seconds;
    covariance[CURVE][CURVE] += AGEING_SQUARE * seconds;
  }

  /** How far a phase is from what is expected, in standard deviations. */
  double surprise(double phase, double sigma) {
    return Math.abs(phase - state[PHASE]) / Math.sqrt(covariance[PHASE][PHASE] + sigma * sigma);
  }

  /**
   * Takes a phase that was measured, in seconds.
   *
   * @return logarithm of the density with which it was expected
   */
  double update(double phase, double sigma) {
    double innovation = phase - state[PHASE];
    double variance = covariance[PHASE][PHASE] + sigma * sigma;
    double[] gain = new double[STATES];
    for (int i = 0; i < STATES; i++) {
      gain[i] = covariance[i][PHASE] / variance;
    }
    double[] row = covariance[PHASE].clone();
    for (int i = 0; i < STATES; i++) {
      state[i] += gain[i] * innovation;
      for (int j = 0; j < STATES; j++) {
        covariance[i][j] -= gain[i] * row[j];
      }
    }
    return -innovation * innovation / (2 * variance) - 0.5 * Math.log(variance) - HALF_LOG_TWO_PI;
  }

  /** Puts the phase there, whatever was expected, with this standard deviation in seconds. */
  void startAt(double phase, double sigma) {
    state[PHASE] = phase;
    for (int i = 0; i < STATES; i++) {
      covariance[PHASE][i] = 0;
      covariance[i][PHASE] = 0;
    }
    covariance[PHASE][PHASE] = sigma * sigma;
  }

  double state(int which) {
    return state[which];
  }

  double variance(int which) {
    return covariance[which][which];
  }
}
