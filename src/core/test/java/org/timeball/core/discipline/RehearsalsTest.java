package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class RehearsalsTest {
  private static final double SIGMA = 1e-7;
  private static final double WANDER = 1e-9;
  private static final int EVERY = 16;
  private static final int HOUR = 3600;

  /** A room is heated every two hours: ±0.3 ppm. */
  private static double heated(double seconds) {
    double period = 7200;
    return 0.3e-6 * period / (2 * Math.PI) * (1 - Math.cos(2 * Math.PI * seconds / period));
  }

  private final Rehearsals rehearsals = new Rehearsals();

  /** What a perfect estimator believes of an oscillator whose phase goes like that. */
  private static TimeEstimate at(DoubleUnaryOperator phase, double seconds) {
    double frequency = (phase.applyAsDouble(seconds + 1) - phase.applyAsDouble(seconds - 1)) / 2.0;
    long raw = Math.round(seconds * 1e9);
    return new TimeEstimate(
        raw, raw + Math.round(phase.applyAsDouble(seconds) * 1e9), frequency, SIGMA, 1e-9, WANDER);
  }

  private void watch(DoubleUnaryOperator phase, int from, int until) {
    for (int t = from; t < until; t += EVERY) {
      rehearsals.observe(at(phase, t), 1e-3, "gps");
    }
  }

  private double boundAfter(double seconds) {
    double own = WANDER * Math.sqrt(seconds * seconds * seconds / 3);
    double unseen = UnseenWander.NONE.with(rehearsals.experience()).phaseVariance(seconds);
    return 4 * Math.sqrt(own * own + unseen);
  }

  private static double errorAfter(DoubleUnaryOperator phase, double from, double seconds) {
    long raw = Math.round((from + seconds) * 1e9);
    TimeEstimate carried = at(phase, from).at(raw);
    return Math.abs(carried.unixNanos() - raw - phase.applyAsDouble(from + seconds) * 1e9) * 1e-9;
  }

  @Test
  void whatAHeatedRoomDoesWithinAnHourIsExpectedOnceItWasSeen() {
    watch(RehearsalsTest::heated, 0, 10 * HOUR);

    double worst = 0;
    for (int t = 10 * HOUR; t < 12 * HOUR; t += 60) {
      worst = Math.max(worst, errorAfter(RehearsalsTest::heated, t, HOUR));
    }
    assertThat(worst).isGreaterThan(4 * WANDER * Math.sqrt((double) HOUR * HOUR * HOUR / 3));
    assertThat(boundAfter(HOUR)).isBetween(worst, 5 * worst);
  }

  @Test
  void anOscillatorThatKeepsWhatItPromisedIsFearedLessAndLess() {
    double before = boundAfter(HOUR);
    watch(t -> 5e-6 * t, 0, 24 * HOUR);

    assertThat(before).isGreaterThan(900e-6);
    assertThat(boundAfter(HOUR))
        .isLessThan(1.05 * 4 * WANDER * Math.sqrt((double) HOUR * HOUR * HOUR / 3));
  }

  @Test
  void aSourceThatJumpsTellsNothingOfTheOscillator() {
    watch(t -> 5e-6 * t, 0, 6 * HOUR);
    List<Double> before = rehearsals.experience();

    watch(t -> 5e-6 * t + 0.25, 6 * HOUR, 6 * HOUR + 200);

    assertThat(rehearsals.experience()).isEqualTo(before);
    watch(t -> 5e-6 * t + 0.25, 6 * HOUR + 200, 8 * HOUR);
    assertThat(boundAfter(HOUR)).isLessThan(700e-6);
  }

  @Test
  void anotherSourceMayDifferByWhatNeitherKnows() {
    watch(t -> 5e-6 * t, 0, 2 * HOUR);
    for (int t = 2 * HOUR; t < 4 * HOUR; t += EVERY) {
      rehearsals.observe(at(s -> 5e-6 * s + 1.5e-3, t), 1e-3, "ntp");
    }

    assertThat(rehearsals.outcomes()).allMatch(o -> o.wanderSquare() < 1e-20);
    assertThat(rehearsals.outcomes().get(1).tried()).isGreaterThan(40);
  }

  @Test
  void aSilenceIsARehearsalToo() {
    watch(RehearsalsTest::heated, 0, HOUR);
    assertThat(rehearsals.outcomes().get(2).tried()).isZero();

    // Nothing is heard for an hour and a half.
    watch(RehearsalsTest::heated, HOUR + 5400, HOUR + 5420);

    assertThat(rehearsals.outcomes().get(2).tried()).isPositive();
    assertThat(rehearsals.outcomes().get(2).wanderSquare()).isGreaterThan(1e-17);
  }

  @Test
  void aFrequencyThatIsHardlyKnownShowsNothing() {
    for (int t = 0; t < HOUR; t += EVERY) {
      TimeEstimate known = at(RehearsalsTest::heated, t);
      rehearsals.observe(
          new TimeEstimate(
              known.rawNanos(), known.unixNanos(), known.frequency(), SIGMA, 1e-5, WANDER),
          0,
          "gps");
    }

    assertThat(rehearsals.outcomes()).allMatch(o -> o.tried() == 0);
  }

  @Test
  void whatWasLearnedIsKept() {
    watch(RehearsalsTest::heated, 0, 10 * HOUR);
    Rehearsals later = new Rehearsals();

    later.restore(rehearsals.outcomes());

    assertThat(later.experience()).isEqualTo(rehearsals.experience());
  }

  @Test
  void outcomesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Rehearsals.Outcome(100, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rehearsals.Outcome(256, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
