package org.timeball.core.discipline;

/**
 * The first moments of a normal distribution cut to an interval, for intervals anywhere, however
 * narrow and however far out. One instance is a place for results; it allocates nothing.
 */
final class TruncatedNormal {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);
  private static final double LOG_DENSITY_AT_ZERO = Math.log(DENSITY_AT_ZERO);

  /** Rounding may leave less of a variance than this part of the squared half width; no more. */
  private static final double SMALLEST_SHARE = 1e-6;

  /** Highest power first. */
  private static final double[] TAIL = {
    0.17087277,
    -0.82215223,
    1.48851587,
    -1.13520398,
    0.27886807,
    -0.18628806,
    0.09678418,
    0.37409196,
    1.00002368,
    -1.26551223
  };

  /** Below this the density hardly changes across the interval and the tails would cancel. */
  private static final double NARROW = 0.5;

  /** Gauss and Legendre's five points and weights on -1 to 1. */
  private static final double[] NODE = {
    -0.906179845938664, -0.538469310105683, 0, 0.538469310105683, 0.906179845938664
  };

  private static final double[] NODE_WEIGHT = {
    0.236926885056189, 0.478628670499366, 0.568888888888889, 0.478628670499366, 0.236926885056189
  };

  /** Logarithm of the probability of the interval. */
  double logMass;

  /** Mean within the interval. */
  double mean;

  /** Variance within the interval. */
  double variance;

  /** Cuts N(mu, sigma²) to low..high; {@code low < high}. */
  void cut(double mu, double sigma, double low, double high) {
    double a = (low - mu) / sigma;
    double b = (high - mu) / sigma;
    double middle = 0.5 * (a + b);
    if (middle < 0) {
      // Mirrored, so that the farther end is always the upper one.
      cutStandard(-b, -a);
      mean = -mean;
    } else {
      cutStandard(a, b);
    }
    mean = mu + sigma * mean;
    variance *= sigma * sigma;
  }

  private void cutStandard(double a, double b) {
    double half = 0.5 * (b - a);
    double middle = 0.5 * (a + b);
    if (half * Math.max(1, middle) < NARROW) {
      narrow(middle, half);
      return;
    }
    if (a > 0) {
      // Everything relative to the density at the near end, which may be as small as it likes.
      double fall = Math.exp(0.5 * (a - b) * (a + b));
      double scaled = 0.5 * (scaledTail(a * ROOT_HALF) - fall * scaledTail(b * ROOT_HALF));
      moments(a, b, 1, fall, scaled);
      logMass = Math.log(scaled) - 0.5 * a * a;
    } else {
      double densityA = Math.exp(-0.5 * a * a);
      double densityB = Math.exp(-0.5 * b * b);
      double outside =
          0.5 * (densityA * scaledTail(-a * ROOT_HALF) + densityB * scaledTail(b * ROOT_HALF));
      moments(a, b, densityA, densityB, 1 - outside);
      logMass = Math.log1p(-outside);
    }
    variance = Math.max(variance, SMALLEST_SHARE * half * half);
  }

  private void moments(double a, double b, double densityA, double densityB, double mass) {
    double inverse = DENSITY_AT_ZERO / mass;
    mean = (densityA - densityB) * inverse;
    variance = 1 + (a * densityA - b * densityB) * inverse - mean * mean;
  }

  private void narrow(double middle, double half) {
    double mass = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < NODE.length; i++) {
      double t = half * NODE[i];
      double density = NODE_WEIGHT[i] * Math.exp(-t * middle - 0.5 * t * t);
      mass += density;
      sum += density * t;
      squares += density * t * t;
    }
    double shift = sum / mass;
    logMass = Math.log(mass * half) - 0.5 * middle * middle + LOG_DENSITY_AT_ZERO;
    mean = middle + shift;
    variance = squares / mass - shift * shift;
  }

  /**
   * exp(x²) erfc(x) for x at least 0, to seven digits: the rational Chebyshev fit of Press and
   * others, "Numerical Recipes", section on the incomplete gamma function.
   */
  private static double scaledTail(double x) {
    double t = 1 / (1 + 0.5 * x);
    double exponent = 0;
    for (double coefficient : TAIL) {
      exponent = exponent * t + coefficient;
    }
    return t * Math.exp(exponent);
  }
}
