package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeEstimatorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_800_000_000L * SECOND;

  /** A law of the delay that is added to each leg, and the error that an estimator may have. */
  enum Law {
    EXPONENTIAL(3.1e-6),
    NORMAL(5.2e-6),
    UNIFORM(5.8e-6),
    TWO_QUEUES(4.4e-6),
    ONE_LEG_CONGESTED(4.5e-6),
    /** Its bias is what counts; that is no part of the uncertainty that is told. */
    ONE_LEG_FAR_OFF(190e-6);

    final double limit;

    Law(double limit) {
      this.limit = limit;
    }

    double outbound(Random random) {
      return switch (this) {
        case EXPONENTIAL, ONE_LEG_CONGESTED, ONE_LEG_FAR_OFF -> 10e-6 * exponential(random);
        case NORMAL -> 60e-6 + 10e-6 * random.nextGaussian();
        case UNIFORM -> 40e-6 * random.nextDouble();
        case TWO_QUEUES -> 7e-6 * (exponential(random) + exponential(random));
      };
    }

    double inbound(Random random) {
      return switch (this) {
        case ONE_LEG_CONGESTED -> 200e-6 * exponential(random) * random.nextDouble();
        case ONE_LEG_FAR_OFF -> 600e-6 + 150e-6 * random.nextGaussian();
        case EXPONENTIAL, NORMAL, UNIFORM, TWO_QUEUES -> outbound(random);
      };
    }

    private static double exponential(Random random) {
      return -Math.log(1 - random.nextDouble());
    }
  }

  /**
   * A client whose oscillator is 30 ppm fast and walks by 1e-9 a second; a server that is right.
   */
  private static final class World {
    final Random random;
    final Law law;
    double now;
    double raw;
    double rate = 1 + 30e-6;
    double serverError;
    double route = 90e-6;

    World(long seed, Law law) {
      this.random = new Random(seed);
      this.law = law;
    }

    void pass(int seconds) {
      for (int i = 0; i < seconds; i++) {
        now += 1;
        raw += rate;
        rate += 1e-9 * random.nextGaussian();
      }
    }

    Verdict exchange(ExchangeEstimator estimator) {
      double outbound = route + law.outbound(random);
      double inbound = route + law.inbound(random);
      long t1 = Math.round(raw * 1e9);
      long t2 = START + Math.round((now + outbound + serverError) * 1e9);
      now += outbound + inbound;
      raw += (outbound + inbound) * rate;
      return estimator.update(t1, t2, t2, Math.round(raw * 1e9));
    }

    double error(ExchangeEstimator estimator) {
      return (estimator.at(Math.round(raw * 1e9)).unixNanos() - START) * 1e-9 - now;
    }
  }

  @ParameterizedTest
  @EnumSource(value = Law.class, names = "ONE_LEG_FAR_OFF", mode = EnumSource.Mode.EXCLUDE)
  void isAccurateAndHonestUnderEveryLawOfDelayWithoutBeingToldIt(Law law) {
    double squares = 0;
    double normalised = 0;
    int count = 0;
    for (long seed = 1; seed <= 6; seed++) {
      World world = new World(seed, law);
      ExchangeEstimator estimator = new ExchangeEstimator(true);
      for (int i = 0; i < 900; i++) {
        world.exchange(estimator);
        world.pass(64);
        if (i > 150) {
          double error = world.error(estimator);
          double sigma = estimator.at(Math.round(world.raw * 1e9)).phaseSigma();
          squares += error * error;
          normalised += error * error / (sigma * sigma);
          count++;
        }
      }
    }
    // The moment just before the next exchange is the worst: about 1.25 times the mean.
    assertThat(Math.sqrt(squares / count)).isLessThan(1.25 * law.limit);
    assertThat(Math.sqrt(normalised / count)).isBetween(0.75, 1.3);
  }

  /** Half of what the legs differ by on the average is 290 µs. */
  @Test
  void findsTheTimeWhereOneLegIsFarNoisierThanTheOtherAndNeverNearItsLeast() {
    double squares = 0;
    int count = 0;
    for (long seed = 1; seed <= 4; seed++) {
      World world = new World(seed, Law.ONE_LEG_FAR_OFF);
      ExchangeEstimator estimator = new ExchangeEstimator(true);
      for (int i = 0; i < 900; i++) {
        world.exchange(estimator);
        world.pass(16);
        if (i > 300) {
          squares += world.error(estimator) * world.error(estimator);
          count++;
        }
      }
    }
    assertThat(Math.sqrt(squares / count)).isLessThan(Law.ONE_LEG_FAR_OFF.limit);
  }

  @Test
  void doesNotFollowASourceThatJumpsForTwoMinutes() {
    World world = new World(4, Law.EXPONENTIAL);
    ExchangeEstimator estimator = settled(world);
    world.serverError = 1;
    for (int i = 0; i < 2; i++) {
      assertThat(world.exchange(estimator)).isEqualTo(Verdict.OUTLIER);
      world.pass(64);
    }
    world.serverError = 0;
    assertThat(world.exchange(estimator)).isEqualTo(Verdict.USED);
    assertThat(Math.abs(world.error(estimator))).isLessThan(15e-6);
  }

  @Test
  void followsASourceThatHasJumpedForGoodAndKeepsTheFrequency() {
    World world = new World(5, Law.EXPONENTIAL);
    ExchangeEstimator estimator = settled(world);
    double frequency = estimator.latest().frequency();
    world.serverError = 1;
    int refused = 0;
    while (world.exchange(estimator) == Verdict.OUTLIER) {
      world.pass(64);
      refused++;
    }
    assertThat(refused * 64).isBetween(256, 400);
    assertThat(world.error(estimator) - 1).isBetween(-60e-6, 60e-6);
    assertThat(Math.abs(estimator.latest().frequency() - frequency)).isLessThan(2e-7);
  }

  @Test
  void isNotMovedByARouteThatBecomesLongerBothWays() {
    World world = new World(6, Law.EXPONENTIAL);
    ExchangeEstimator estimator = settled(world);
    world.route = 5e-3;
    for (int i = 0; i < 300; i++) {
      world.exchange(estimator);
      world.pass(64);
      assertThat(Math.abs(world.error(estimator))).isLessThan(40e-6);
    }
  }

  private static ExchangeEstimator settled(World world) {
    ExchangeEstimator estimator = new ExchangeEstimator(true);
    for (int i = 0; i < 200; i++) {
      world.exchange(estimator);
      world.pass(64);
    }
    return estimator;
  }

  /** The room became colder meanwhile, by far more than the oscillator promised: 1 ppm. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void afterAnHourOfSilenceItBelievesTheFirstExchangeAndDoubtsItself(long seed) {
    World world = new World(seed, Law.EXPONENTIAL);
    ExchangeEstimator estimator = new ExchangeEstimator(true);
    for (int i = 0; i < 200; i++) {
      world.pass(64);
      world.exchange(estimator);
    }
    for (int i = 0; i < 3600; i++) {
      world.rate += 1e-6 / 3600;
      world.pass(1);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(world.exchange(estimator)).as("exchange " + i).isEqualTo(Verdict.USED);
      double sigma = estimator.at(Math.round(world.raw * 1e9)).phaseSigma();
      assertThat(Math.abs(world.error(estimator)))
          .as("after exchange " + i)
          .isLessThan(100e-6)
          .isLessThan(5 * sigma + 10e-6);
      world.pass(16);
    }
    assertThat(Math.abs(world.error(estimator))).isLessThan(30e-6);
  }

  /** What is refused changes nothing of what the estimate rests on. */
  @Test
  void anOutlierMakesNoEstimateYounger() {
    World world = new World(5, Law.EXPONENTIAL);
    ExchangeEstimator estimator = new ExchangeEstimator(true);
    for (int i = 0; i < 100; i++) {
      world.pass(64);
      world.exchange(estimator);
    }
    long last = estimator.latest().rawNanos();
    world.pass(64);
    world.serverError = 1;

    assertThat(world.exchange(estimator)).isEqualTo(Verdict.OUTLIER);
    assertThat(estimator.latest().rawNanos()).isEqualTo(last);
  }
}
