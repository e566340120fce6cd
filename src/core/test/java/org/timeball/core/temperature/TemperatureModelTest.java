package org.timeball.core.temperature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureModelTest {
  private static final int HOUR = 3600;
  private static final double SIGMA = 30e-9;

  /** Heated every two hours, three degrees up and down around 45. */
  private static double heated(int second) {
    return 45 + 3 * Math.sin(2 * Math.PI * second / 7200.0);
  }

  /**
   * A machine: seconds, its oscillator's phase, its crystal's warmth, and the noise of all that.
   */
  private static final class Machine {
    final Random random;
    final double slope;
    final double lag;
    final double wander;
    TemperatureModel model = new TemperatureModel();
    double crystal = Double.NaN;
    double frequency = 10e-6;
    double phase;

    /** What is left of the phase once what the temperature explains is taken out. */
    double steady;

    int second;

    Machine(long seed, double slope, double lag, double wander) {
      this.random = new Random(seed);
      this.slope = slope;
      this.lag = lag;
      this.wander = wander;
    }

    void run(int until, IntToDoubleFunction celsius, boolean learning) {
      for (; second < until; second++) {
        double air = celsius.applyAsDouble(second);
        crystal = Double.isNaN(crystal) || lag == 0 ? air : crystal + (air - crystal) / lag;
        frequency += wander * random.nextGaussian();
        double rate = frequency + slope * (crystal - 45);
        phase += rate;
        steady += rate - model.compensation();
        long raw = second * 1_000_000_000L;
        if (second % 10 == 0) {
          double hot = random.nextDouble() < 0.05 ? 4 : 0;
          double read = air + hot + 0.3 * random.nextGaussian();
          model.read(raw, 0.487 * Math.rint(read / 0.487));
        }
        if (learning) {
          long unix = raw + Math.round((phase + SIGMA * random.nextGaussian()) * 1e9);
          model.learn(raw, unix, SIGMA);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-1e-7, 0", "1e-7, 0", "-1e-7, 240", "-3e-8, 960"})
  void learnsByHowMuchADegreeChangesTheFrequency(double slope, double lag) {
    Machine machine = new Machine(1, slope, lag, 1e-10);

    machine.run(12 * HOUR, TemperatureModelTest::heated, true);

    assertThat(machine.model.slopePerDegree()).isCloseTo(slope, within(0.12 * Math.abs(slope)));
    assertThat(machine.model.slopeSigma()).isLessThan(0.2 * Math.abs(slope));
    if (lag >= 240) {
      assertThat(machine.model.lagSeconds()).isEqualTo(lag);
    } else {
      assertThat(machine.model.lagSeconds()).isLessThanOrEqualTo(60);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void carriesTheFrequencyThroughAnHourInWhichNothingIsHeard(long seed) {
    Machine machine = new Machine(seed, -1e-7, 0, 1e-10);
    machine.run(10 * HOUR, TemperatureModelTest::heated, true);
    double without = machine.phase;
    double with = machine.steady;
    // What the oscillator does against the frequencies that were known to be right then.
    double rate = machine.frequency;
    double residual = machine.frequency - machine.model.compensation();

    machine.run(11 * HOUR, TemperatureModelTest::heated, false);

    double uncompensated = Math.abs(machine.phase - without - rate * HOUR);
    double compensated = Math.abs(machine.steady - with - residual * HOUR);
    assertThat(uncompensated).isGreaterThan(600e-6);
    assertThat(compensated).isLessThan(0.25 * uncompensated);
  }

  @Test
  void learnsNothingFromATemperatureThatDoesNothing() {
    Machine machine = new Machine(5, 0, 0, 1e-9);

    machine.run(12 * HOUR, TemperatureModelTest::heated, true);

    assertThat(machine.model.slopePerDegree()).isCloseTo(0, within(6e-9));
  }

  @Test
  void doesNothingWhileNothingWasLearned() {
    Machine machine = new Machine(6, -1e-7, 0, 1e-9);

    machine.run(6 * HOUR, TemperatureModelTest::heated, false);

    assertThat(machine.model.compensation()).isZero();
  }

  @Test
  void aTemperatureThatWasNeverSeenIsTakenForTheNextOneThatWas() {
    Machine machine = new Machine(7, -1e-7, 0, 1e-10);
    machine.run(12 * HOUR, TemperatureModelTest::heated, true);
    double before = machine.model.compensation();

    machine.run(13 * HOUR, t -> 95, false);

    // From 45 to 48 degrees, two more that are believed, and what the sensor's noise adds.
    assertThat(machine.model.compensation() - before).isBetween(-0.75e-6, -0.3e-6);
  }

  @Test
  void aJumpOfTheSourceIsNoHeat() {
    Machine machine = new Machine(8, -1e-7, 0, 1e-10);
    machine.run(8 * HOUR, TemperatureModelTest::heated, true);
    double before = machine.model.slopePerDegree();

    machine.phase += 1;
    machine.run(8 * HOUR + 600, TemperatureModelTest::heated, true);

    assertThat(machine.model.slopePerDegree()).isCloseTo(before, within(3e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 960})
  void knowsAfterARestartWhatItKnewBeforeAndHowWarmItWas(double lag) {
    Machine machine = new Machine(9, -1e-7, lag, 1e-10);
    machine.run(12 * HOUR, TemperatureModelTest::heated, true);

    TemperatureModel later = new TemperatureModel(machine.model.learned());
    assertThat(later.slopePerDegree()).isCloseTo(machine.model.slopePerDegree(), within(4e-9));
    assertThat(later.compensation()).isZero();
    assertThat(later.isMeasured()).isFalse();
    assertThat(later.learned().celsius()).isEqualTo(machine.model.learned().celsius());
    // Two degrees warmer than when it was stopped.
    later.read(5_000_000_000L, machine.model.celsius().orElseThrow() + 2);
    assertThat(later.compensation()).isCloseTo(-2e-7, within(0.3e-7));
    assertThat(later.isMeasured()).isTrue();
  }

  @Test
  void staysWhereItIsWhileTheTemperatureDoes() {
    Machine machine = new Machine(10, -1e-7, 0, 1e-9);
    machine.run(12 * HOUR, TemperatureModelTest::heated, true);
    machine.run(14 * HOUR, t -> 45, false);
    double before = machine.model.compensation();

    machine.run(20 * HOUR, t -> 45, false);

    assertThat(machine.model.compensation()).isCloseTo(before, within(15e-9));
  }
}
