package org.timeball.sim.story;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.timeball.core.ServerState;
import org.timeball.sim.clock.KernelClockModel.LeapState;
import org.timeball.time.Leap;

/** What could be seen of a machine, second by second from the start of the world. */
public final class Diary {
  private double[] errors = new double[4096];
  private double[] bounds = new double[4096];
  private double[] phases = new double[4096];
  private int seconds;
  private final List<LeapState> leapStates = new ArrayList<>();

  /**
   * One more second.
   *
   * @param error seconds by which the clock is ahead of UTC
   * @param state what replies say
   * @param unixNanos what the clock shows
   * @param phase seconds by which the oscillator that nothing corrects is ahead
   */
  void write(double error, ServerState state, long unixNanos, double phase, LeapState leapState) {
    if (seconds == errors.length) {
      errors = Arrays.copyOf(errors, 2 * seconds);
      bounds = Arrays.copyOf(bounds, 2 * seconds);
      phases = Arrays.copyOf(phases, 2 * seconds);
    }
    boolean served = state.leap() != Leap.UNSYNCHRONIZED && state.stratum() < 16;
    errors[seconds] = error;
    phases[seconds] = phase;
    bounds[seconds] =
        served ? state.rootDelay() / 2 + state.rootDispersionAt(unixNanos) : Double.NaN;
    seconds++;
    if (leapStates.isEmpty() || leapStates.getLast() != leapState) {
      leapStates.add(leapState);
    }
  }

  /** How many were written down. */
  public int seconds() {
    return seconds;
  }

  /** Seconds by which the clock was ahead of UTC. */
  public double error(int second) {
    return errors[second];
  }

  /**
   * Seconds by which the oscillator left the rate that it had at a moment, by a later one: nobody
   * who hears nothing in between can know of it.
   */
  double strayed(int from, int until) {
    double rate = phases[from] - phases[from - 1];
    return phases[until] - phases[from] - rate * (until - from);
  }

  /** The root distance that was claimed; not a number while the server said it knows no time. */
  public double bound(int second) {
    return bounds[second];
  }

  boolean isServed(int second) {
    return !Double.isNaN(bounds[second]);
  }

  /** What the kernel's leap second went through, each state once as it was entered. */
  List<LeapState> leapStates() {
    return List.copyOf(leapStates);
  }
}
