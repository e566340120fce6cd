package org.timeball.sim.node;

import org.timeball.core.SystemClock.ClockException;
import org.timeball.core.discipline.Correction;
import org.timeball.core.discipline.Steering;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.sim.clock.SimulatedClock;

/** A clock and the one who steers it. */
final class Steered {
  private final SimulatedClock clock;
  private final Steering steering = new Steering(SteeringPolicy.DEFAULT);
  private long settleRawNanos = Long.MAX_VALUE;
  private double settledFrequency;
  private int steps;

  Steered(SimulatedClock clock) {
    this.clock = clock;
  }

  long nextWakeRawNanos() {
    return settleRawNanos;
  }

  void wake() {
    if (clock.rawNanos() >= settleRawNanos) {
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
        clock.step(nanos);
        steps++;
        set(frequency);
      }
      case Correction.Panic(long nanos) ->
          throw new IllegalStateException("no panic threshold is set, yet " + nanos + " ns panics");
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
