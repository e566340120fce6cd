package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.timeball.core.ClockReading;
import org.timeball.core.discipline.SteeringPolicy.Loop;
import org.timeball.core.discipline.SteeringPolicy.StepLimit;

class SteeringTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ClockReading NOW = new ClockReading(50 * SECOND, 1_800_000_000L * SECOND);

  private static TimeEstimate ahead(double seconds) {
    return new TimeEstimate(
        NOW.rawNanos(), NOW.unixNanos() + Math.round(seconds * 1e9), 40e-6, 1e-6, 1e-7, 1e-9);
  }

  private static Steering acquired(SteeringPolicy policy) {
    Steering steering = new Steering(policy);
    steering.correct(NOW, ahead(1e-6));
    assertThat(steering.hasAcquired()).isTrue();
    return steering;
  }

  @Test
  void stepsAnythingAboveTenMillisecondsAtTheStart() {
    Steering steering = new Steering(SteeringPolicy.DEFAULT);
    assertThat(steering.correct(NOW, ahead(0.011)))
        .isEqualTo(new Correction.Step(11_000_000, 40e-6));
    assertThat(steering.correct(NOW, ahead(-3.5e6)))
        .isEqualTo(new Correction.Step(-3_500_000 * SECOND, 40e-6));
    assertThat(steering.correct(NOW, ahead(0.009))).isInstanceOf(Correction.Slew.class);
  }

  @Test
  void stepsOnlyAboveAnEighthOfASecondOnceTheClockWasRight() {
    Steering steering = acquired(SteeringPolicy.DEFAULT);
    assertThat(steering.correct(NOW, ahead(0.120))).isInstanceOf(Correction.Slew.class);
    assertThat(steering.correct(NOW, ahead(0.129)))
        .isEqualTo(new Correction.Step(129_000_000, 40e-6));
  }

  @Test
  void takesOutExactlyTheOffsetByTheEndOfTheSlew() {
    Steering steering = acquired(SteeringPolicy.DEFAULT);
    for (double offset : new double[] {1e-6, -20e-6, 0.05}) {
      Correction correction = steering.correct(NOW, ahead(offset));
      if (!(correction instanceof Correction.Slew(double rate, long until, double settled))) {
        throw new AssertionError("expected a slew, got " + correction);
      }
      double seconds = (until - NOW.rawNanos()) * 1e-9;
      double gained = seconds * (rate - 40e-6);
      assertThat(gained).isCloseTo(offset, within(Math.abs(offset) * 1e-3 + 1e-9));
      assertThat(settled).isEqualTo(40e-6);
      assertThat(rate).isBetween(40e-6 - 501e-6, 40e-6 + 501e-6);
    }
  }

  @Test
  void slewsLongerWhenTheEstimatorAveragesLonger() {
    Steering steering = acquired(SteeringPolicy.DEFAULT);
    TimeEstimate quick = new TimeEstimate(0, SECOND, 0, 0.36e-6, 38e-9, 1e-8);
    TimeEstimate calm = new TimeEstimate(0, SECOND, 0, 3e-6, 7e-9, 1e-9);
    ClockReading now = new ClockReading(0, SECOND - 1000);
    long quickUntil = ((Correction.Slew) steering.correct(now, quick)).untilRawNanos();
    long calmUntil = ((Correction.Slew) steering.correct(now, calm)).untilRawNanos();
    assertThat(quickUntil).isBetween(SECOND, 4 * SECOND);
    assertThat(calmUntil).isBetween(50 * SECOND, 150 * SECOND);
  }

  @Test
  void takesOutWhatAnOutageLeftWithinSecondsOnceItIsSure() {
    Steering steering = acquired(SteeringPolicy.DEFAULT);
    steering.correct(new ClockReading(NOW.rawNanos() + 64 * SECOND, NOW.unixNanos()), ahead(64));
    TimeEstimate truth = new TimeEstimate(0, SECOND, 0, 6e-6, 3e-8, 1e-9);
    long rawNanos = 3600 * SECOND;
    ClockReading late = new ClockReading(rawNanos, truth.at(rawNanos).unixNanos() - 200_000);
    TimeEstimate after =
        new TimeEstimate(rawNanos, late.unixNanos() + 200_000, 0, 6e-6, 3e-8, 1e-9);
    assertThat(((Correction.Slew) steering.correct(late, after)).untilRawNanos() - rawNanos)
        .isLessThan(5 * SECOND);
  }

  @Test
  void takesItsTimeOverAnOffsetThatIsNotLargerThanUsual() {
    Steering steering = acquired(SteeringPolicy.DEFAULT);
    Correction correction = new Correction.Keep(0);
    for (int i = 1; i < 20; i++) {
      long rawNanos = NOW.rawNanos() + i * 64L * SECOND;
      long unixNanos = NOW.unixNanos() + i * 64L * SECOND;
      // Fifteen standard deviations, as when every exchange is better than what was believed.
      TimeEstimate truth = new TimeEstimate(rawNanos, unixNanos + 15_000, 0, 1e-6, 2e-8, 1e-9);
      correction = steering.correct(new ClockReading(rawNanos, unixNanos), truth);
    }
    long length =
        ((Correction.Slew) correction).untilRawNanos() - NOW.rawNanos() - 19 * 64 * SECOND;
    assertThat(length).isGreaterThan(20 * SECOND);
  }

  @Test
  void panicsOnlyWhenAskedAndOnlyOnceTheClockWasRight() {
    SteeringPolicy careful = policy(1000, Double.POSITIVE_INFINITY, StepLimit.NONE);
    assertThat(new Steering(careful).correct(NOW, ahead(2000))).isInstanceOf(Correction.Step.class);
    assertThat(acquired(careful).correct(NOW, ahead(2000)))
        .isEqualTo(new Correction.Panic(2000 * SECOND));
    assertThat(acquired(SteeringPolicy.DEFAULT).correct(NOW, ahead(2000)))
        .isInstanceOf(Correction.Step.class);
  }

  private static SteeringPolicy policy(double panic, double refuse, StepLimit limit) {
    return new SteeringPolicy(0.010, 0.128, panic, refuse, limit, 500e-6, 0.05, Loop.OWN);
  }

  @Test
  void neverCorrectsWhatIsToBeRefusedNotEvenAtTheStart() {
    SteeringPolicy careful = policy(Double.POSITIVE_INFINITY, 60, StepLimit.NONE);
    assertThat(new Steering(careful).correct(NOW, ahead(61)))
        .isEqualTo(new Correction.Panic(61 * SECOND));
    assertThat(new Steering(careful).correct(NOW, ahead(59))).isInstanceOf(Correction.Step.class);
  }

  @Test
  void slewsOnceItHasSteppedAsOftenAsAllowedUntilThatIsLongEnoughAgo() {
    double unlimited = Double.POSITIVE_INFINITY;
    Steering steering = acquired(policy(unlimited, unlimited, new StepLimit(2, 3600)));
    assertThat(steering.correct(NOW, ahead(1))).isInstanceOf(Correction.Step.class);
    assertThat(steering.correct(after(10), ahead(1))).isInstanceOf(Correction.Step.class);
    assertThat(steering.isStepWithheld()).isFalse();
    assertThat(steering.correct(after(20), ahead(1))).isInstanceOf(Correction.Slew.class);
    assertThat(steering.isStepWithheld()).isTrue();
    assertThat(steering.correct(after(3599), ahead(1))).isInstanceOf(Correction.Slew.class);
    assertThat(steering.correct(after(3601), ahead(1))).isInstanceOf(Correction.Step.class);
    assertThat(steering.isStepWithheld()).isFalse();
  }

  private static ClockReading after(long seconds) {
    return new ClockReading(NOW.rawNanos() + seconds * SECOND, NOW.unixNanos() + seconds * SECOND);
  }

  @Test
  void neverStepsAClockThatMayOnlyBeSlewed() {
    Steering steering = new Steering(SteeringPolicy.DEFAULT.slewOnly());
    assertThat(steering.correct(NOW, ahead(100))).isInstanceOf(Correction.Slew.class);
  }

  @Test
  void keepsTheRateWhenNothingIsMissing() {
    Steering steering = acquired(SteeringPolicy.DEFAULT);
    assertThat(steering.correct(NOW, ahead(0))).isEqualTo(new Correction.Keep(40e-6));
  }
}
