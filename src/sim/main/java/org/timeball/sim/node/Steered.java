package org.timeball.sim.node;

import org.timeball.core.SystemClock;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.core.discipline.Correction;
import org.timeball.core.discipline.Steering;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.discipline.TimeEstimate;

/** A clock and the one who steers it. */
final class Steered {
  private final SystemClock clock;
  private final Steering steering = new Steering(SteeringPolicy.DEFAULT);
  private long settleRawNanos = Long.MAX_VALUE;
  private double settledFrequency;
  private int steps;

  Steered(SystemClock clock) {
    this.clock = clock;
  }

  long nextWakeRawNanos() {
    return settleRawNanos;
  }

  void wake() {
    if (clock.read().rawNanos() >= settleRawNanos) {
      set(settledFrequency);
    }
  }

  void correct(TimeEstimate truth) {
    switch (steering.correct(clock.read(), truth)) {
      case Correction.Keep(double frequency) -> set(frequency);
      case Correction.Slew(double frequency, long until, double settled) -> {
        set(frequency);
        settleRawNanos = until;
        settledFrequency = settled;
      }
      case Correction.Step(long nanos, double frequency) -> {
        step(nanos);
        set(frequency);
      }
      case Correction.Panic(long nanos) ->
          throw new IllegalStateException("no panic threshold is set, yet " + nanos + " ns panics");
    }
  }

  private void step(long nanos) {
    try {
      clock.step(nanos);
      steps++;
    } catch (ClockException e) {
      throw new IllegalStateException(e);
    }
  }

  private void set(double frequency) {
    settleRawNanos = Long.MAX_VALUE;
    try {
      clock.setFrequency(frequency);
    } catch (ClockException e) {
      throw new IllegalStateException(e);
    }
  }

  int steps() {
    return steps;
  }
}
