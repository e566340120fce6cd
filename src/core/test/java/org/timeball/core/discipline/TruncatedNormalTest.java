package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncatedNormalTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, -1, 1",
    "0, 1, -50, 60",
    "3, 2, 0, 1",
    "-5, 1, 0, 3",
    "-12, 1, 0, 8",
    "20, 1, 0, 12",
    "0.5, 10, 0, 0.001",
    "1e-5, 3e-6, 0, 2e-5",
    "4e-5, 3e-6, 0, 2e-5",
    "0, 1, -0.3, 0.25",
    "9, 1, 0, 0.3"
  })
  void agreesWithNumericalIntegration(double mu, double sigma, double low, double high) {
    TruncatedNormal cut = new TruncatedNormal();
    cut.cut(mu, sigma, low, high);

    int steps = 2_000_000;
    double nearest = Math.clamp(mu, low, high);
    double offset = Math.pow((nearest - mu) / sigma, 2) / 2;
    double from = Math.max(low, nearest - 12 * sigma);
    double to = Math.min(high, nearest + 12 * sigma);
    double width = (to - from) / steps;
    double mass = 0;
    double mean = 0;
    double square = 0;
    for (int i = 0; i < steps; i++) {
      double x = from + (i + 0.5) * width;
      double density = Math.exp(offset - Math.pow((x - mu) / sigma, 2) / 2);
      mass += density;
      mean += density * (x - nearest);
      square += density * (x - nearest) * (x - nearest);
    }
    mean /= mass;
    double variance = square / mass - mean * mean;
    double logMass = Math.log(mass * width / sigma / Math.sqrt(2 * Math.PI)) - offset;

    double deviation = Math.sqrt(variance);
    assertThat(cut.logMass).isCloseTo(logMass, within(1e-5));
    assertThat(cut.mean).isCloseTo(nearest + mean, within(1e-3 * deviation));
    assertThat(cut.variance).isCloseTo(variance, within(3e-3 * variance));
  }
}
