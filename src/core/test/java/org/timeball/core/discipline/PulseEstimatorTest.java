package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PulseEstimatorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_800_000_000L * SECOND;

  /** An oscillator 40 ppm slow whose frequency walks, and a pulse a second. */
  private static final class World {
    final Random random;
    final double wander;
    double raw;
    double rate = 1 - 40e-6;
    long second;

    World(long seed, double wander) {
      this.random = new Random(seed);
      this.wander = wander;
    }

    void advance() {
      raw += rate;
      rate += wander * random.nextGaussian();
      second++;
    }

    long rawNanos(double late) {
      return Math.round((raw + late) * 1e9);
    }

    long unixNanos() {
      return START + second * SECOND;
    }

    /** Seconds the estimate is ahead of the truth. */
    double error(PulseEstimator estimator) {
      return (estimator.at(rawNanos(0)).unixNanos() - unixNanos()) * 1e-9;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void comesWithinTheLimitOfTheNoiseWithoutBeingToldTheWander(long seed) {
    for (double wander : new double[] {1e-8, 1e-9}) {
      World world = new World(seed, wander);
      PulseEstimator estimator = new PulseEstimator(1e-6);
      double squares = 0;
      for (int i = 0; i < 20_000; i++) {
        world.advance();
        if (i > 2000) {
          squares += Math.pow(world.error(estimator), 2);
        }
        estimator.update(world.rawNanos(1e-6 * world.random.nextGaussian()), world.unixNanos());
      }
      // The exact limits are 0.390 and 0.214 µs.
      assertThat(Math.sqrt(squares / 18_000)).isLessThan(wander == 1e-8 ? 0.42e-6 : 0.235e-6);
      assertThat(estimator.noise()).isBetween(0.9e-6, 1.1e-6);
      assertThat(estimator.latest().wander()).isBetween(wander * 0.6, wander * 1.6);
    }
  }

  /** The room became colder meanwhile: 1 ppm, many times as much as the oscillator promised. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void afterAnHourOfSilenceItBelievesThePulsesAndDoubtsItself(long seed) {
    World world = new World(seed, 1e-9);
    PulseEstimator estimator = new PulseEstimator(1e-6);
    for (int i = 0; i < 4000; i++) {
      world.advance();
      estimator.update(world.rawNanos(1e-6 * world.random.nextGaussian()), world.unixNanos());
    }
    for (int i = 0; i < 3600; i++) {
      world.rate += 1e-6 / 3600;
      world.advance();
    }
    for (int i = 0; i < 30; i++) {
      world.advance();
      Verdict verdict =
          estimator.update(world.rawNanos(1e-6 * world.random.nextGaussian()), world.unixNanos());
      assertThat(verdict).as("pulse " + i).isEqualTo(Verdict.USED);
      assertThat(Math.abs(world.error(estimator)))
          .as("after pulse " + i)
          .isLessThan(5 * estimator.at(world.rawNanos(0)).phaseSigma());
    }
    assertThat(Math.abs(world.error(estimator))).isLessThan(2e-6);
  }

  /** What an outlier changed is not what the estimate rests on. */
  @Test
  void anOutlierMakesNoEstimateYounger() {
    World world = new World(1, 1e-9);
    PulseEstimator estimator = new PulseEstimator(1e-6);
    for (int i = 0; i < 100; i++) {
      world.advance();
      estimator.update(world.rawNanos(0), world.unixNanos());
    }
    long last = estimator.latest().rawNanos();
    world.advance();

    assertThat(estimator.update(world.rawNanos(1e-3), world.unixNanos()))
        .isEqualTo(Verdict.OUTLIER);
    assertThat(estimator.latest().rawNanos()).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void statesAnUncertaintyThatTheErrorsKeep(long seed) {
    World world = new World(seed, 1e-9);
    PulseEstimator estimator = new PulseEstimator(1e-5);
    double squares = 0;
    for (int i = 0; i < 10_000; i++) {
      world.advance();
      if (i > 1000) {
        squares +=
            Math.pow(world.error(estimator) / estimator.at(world.rawNanos(0)).phaseSigma(), 2);
      }
      estimator.update(world.rawNanos(1e-6 * world.random.nextGaussian()), world.unixNanos());
    }
    assertThat(Math.sqrt(squares / 9_000)).isBetween(0.8, 1.2);
  }

  @Test
  void losesNothingToPulsesThatAreFarOff() {
    World world = new World(7, 1e-9);
    PulseEstimator estimator = new PulseEstimator(1e-6);
    double squares = 0;
    int outliers = 0;
    for (int i = 0; i < 20_000; i++) {
      world.advance();
      if (i > 2000) {
        squares += Math.pow(world.error(estimator), 2);
      }
      boolean bad = world.random.nextInt(20) == 0;
      double late = bad ? 2e-3 * world.random.nextDouble() - 1e-3 : 0;
      Verdict verdict =
          estimator.update(
              world.rawNanos(late + 1e-6 * world.random.nextGaussian()), world.unixNanos());
      outliers += verdict == Verdict.OUTLIER ? 1 : 0;
    }
    assertThat(Math.sqrt(squares / 18_000)).isLessThan(0.24e-6);
    assertThat(outliers).isBetween(900, 1100);
  }

  @Test
  void followsAJumpOnlyOnceItHasPersistedAndKeepsTheFrequency() {
    World world = new World(3, 1e-10);
    PulseEstimator estimator = new PulseEstimator(1e-6);
    for (int i = 0; i < 500; i++) {
      world.advance();
      estimator.update(world.rawNanos(1e-6 * world.random.nextGaussian()), world.unixNanos());
    }
    double frequency = estimator.latest().frequency();
    int left = 0;
    Verdict verdict = Verdict.OUTLIER;
    while (verdict == Verdict.OUTLIER) {
      world.advance();
      verdict =
          estimator.update(
              world.rawNanos(0.1 + 1e-6 * world.random.nextGaussian()), world.unixNanos());
      left += verdict == Verdict.OUTLIER ? 1 : 0;
    }
    assertThat(left).isBetween(4, 30);
    assertThat(verdict).isEqualTo(Verdict.RESEEDED);
    assertThat(world.error(estimator)).isBetween(-0.100_01, -0.099_99);
    assertThat(estimator.latest().frequency()).isBetween(frequency - 1e-9, frequency + 1e-9);
  }

  @Test
  void growsItsUncertaintyWhileNoPulseComes() {
    World world = new World(5, 1e-9);
    PulseEstimator estimator = new PulseEstimator(1e-6);
    for (int i = 0; i < 3000; i++) {
      world.advance();
      estimator.update(world.rawNanos(1e-6 * world.random.nextGaussian()), world.unixNanos());
    }
    long last = world.rawNanos(0);
    double afterAMinute = estimator.at(last + 60 * SECOND).phaseSigma();
    double afterAnHour = estimator.at(last + 3600 * SECOND).phaseSigma();
    assertThat(afterAMinute).isBetween(0.3e-6, 1.5e-6);
    // wander * sqrt(t³ / 3) is 125 µs.
    assertThat(afterAnHour).isBetween(80e-6, 250e-6);
  }

  @Test
  void renumbersASecondWithoutLosingAnything() {
    World world = new World(9, 1e-9);
    PulseEstimator estimator = new PulseEstimator(1e-6);
    for (int i = 0; i < 100; i++) {
      world.advance();
      estimator.update(world.rawNanos(1e-6 * world.random.nextGaussian()), world.unixNanos());
    }
    estimator.shift(-SECOND);
    assertThat(world.error(estimator)).isBetween(-1.000_002, -0.999_998);
    world.advance();
    Verdict verdict = estimator.update(world.rawNanos(0), world.unixNanos() - SECOND);
    assertThat(verdict).isEqualTo(Verdict.USED);
  }

  @Test
  void takesThePhaseAnewAfterTheRawScaleStoodStill() {
    World world = new World(11, 1e-9);
    PulseEstimator estimator = new PulseEstimator(1e-6);
    for (int i = 0; i < 300; i++) {
      world.advance();
      estimator.update(world.rawNanos(1e-6 * world.random.nextGaussian()), world.unixNanos());
    }
    estimator.forgetPhase();
    assertThat(estimator.isReady()).isFalse();
    world.second += 600;
    world.advance();
    assertThat(estimator.update(world.rawNanos(0), world.unixNanos())).isEqualTo(Verdict.RESEEDED);
    assertThat(estimator.isReady()).isTrue();
    assertThat(world.error(estimator)).isBetween(-5e-6, 5e-6);
  }
}
