package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Notices;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.discipline.SteeringPolicy.Loop;
import org.timeball.core.discipline.SteeringPolicy.StepLimit;
import org.timeball.core.discipline.TimeEstimate;

/** What the clock is told. */
class ClockSteeringTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_800_000_000L * SECOND;

  private final Notices notices = new Notices();

  /** The clock is told at a second that true time is so many nanoseconds later. */
  private static List<Action> told(ClockSteering steering, long second, long offsetNanos) {
    return told(steering, second, offsetNanos, 1e-8);
  }

  private static List<Action> told(
      ClockSteering steering, long second, long offsetNanos, double frequencySigma) {
    ClockReading now = new ClockReading(second * SECOND, START + second * SECOND);
    return steering.correct(
        now,
        new TimeEstimate(
            now.rawNanos(), now.unixNanos() + offsetNanos, 40e-6, 1e-6, frequencySigma, 1e-9));
  }

  @Test
  void theKernelsLoopIsToldOffsetsOnceTheClockHasBeenRightAndNotTooOften() {
    ClockSteering steering = new ClockSteering(SteeringPolicy.DEFAULT.by(Loop.KERNEL), notices);

    assertThat(told(steering, 0, 2 * SECOND))
        .containsExactly(new Action.SetFrequency(40e-6), new Action.Step(2 * SECOND));
    // It begins at the rate that is known: 40 ppm are set already.
    assertThat(told(steering, 1, 3000)).containsExactly(new Action.LockPhase(3e-6, 4));
    assertThat(told(steering, 2, 2900)).isEmpty();
    assertThat(told(steering, 16, 2000)).isEmpty();
    assertThat(told(steering, 17, -500)).containsExactly(new Action.LockPhase(-5e-7, 4));
    assertThat(told(steering, 81, 800)).containsExactly(new Action.LockPhase(8e-7, 6));
    assertThat(steering.settleAtRaw()).isEmpty();
  }

  @Test
  void theKernelsLoopDoesNotBeginBeforeTheRateIsWellKnownAndThenStays() {
    ClockSteering steering = new ClockSteering(SteeringPolicy.DEFAULT.by(Loop.KERNEL), notices);

    assertThat(told(steering, 0, 3000, 400e-6)).noneMatch(Action.LockPhase.class::isInstance);
    assertThat(steering.settleAtRaw()).isPresent();
    assertThat(told(steering, 1, 3000, 6e-6)).noneMatch(Action.LockPhase.class::isInstance);
    assertThat(told(steering, 2, 3000, 4e-6))
        .contains(new Action.SetFrequency(40e-6), new Action.LockPhase(3e-6, 4));
    assertThat(steering.settleAtRaw()).isEmpty();
    assertThat(told(steering, 18, 3000, 400e-6)).containsExactly(new Action.LockPhase(3e-6, 4));
  }

  @Test
  void aStepTakesFromTheKernelsLoopWhatItHasNotTakenOutYet() {
    ClockSteering steering = new ClockSteering(SteeringPolicy.DEFAULT.by(Loop.KERNEL), notices);
    told(steering, 0, 1000);

    assertThat(told(steering, 64, SECOND))
        .containsExactly(
            new Action.SetFrequency(40e-6), new Action.Step(SECOND), new Action.LockPhase(0, 4));
  }

  @Test
  void saysOnceThatAnOffsetIsSlewedBecauseNoMoreStepsAreAllowed() {
    SteeringPolicy usual = SteeringPolicy.DEFAULT;
    ClockSteering steering =
        new ClockSteering(
            new SteeringPolicy(
                usual.initialStepThreshold(),
                usual.stepThreshold(),
                usual.panicThreshold(),
                usual.refuseThreshold(),
                new StepLimit(1, 3600),
                usual.maximumSlewRate(),
                usual.initialSlewRate(),
                usual.loop()),
            notices);
    told(steering, 0, SECOND);
    told(steering, 1, SECOND);
    told(steering, 2, SECOND);

    assertThat(notices.drain())
        .extracting(Action.Notice::sentence)
        .filteredOn(sentence -> sentence.contains("steps-at-most"))
        .hasSize(1);
  }
}
