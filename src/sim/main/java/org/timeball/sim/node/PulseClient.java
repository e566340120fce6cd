package org.timeball.sim.node;

import org.timeball.core.discipline.PulseEstimator;
import org.timeball.core.discipline.Verdict;
import org.timeball.sim.clock.SimulatedClock;
import org.timeball.sim.world.Datagram;
import org.timeball.sim.world.World;

/** A clock on a pulse line whose seconds are numbered already. */
public final class PulseClient implements Client {
  private final World world;
  private final int number;
  private final SimulatedClock clock;
  private final Steered steered;
  private final PulseEstimator estimator = new PulseEstimator(1e-6);

  public PulseClient(World world, int number) {
    this.world = world;
    this.number = number;
    this.clock = world.clock(number);
    this.steered = new Steered(clock);
  }

  @Override
  public long nextWakeRawNanos() {
    return steered.nextWakeRawNanos();
  }

  @Override
  public void wake() {
    steered.wake();
  }

  @Override
  public void receive(Datagram datagram) {}

  @Override
  public void second() {
    long raw = clock.rawNanos();
    long edge = raw + Math.round(world.refclockNoise(number) * 1e9);
    if (estimator.update(edge, world.trueUnixNanos()) != Verdict.OUTLIER && estimator.isReady()) {
      steered.correct(estimator.at(raw));
    }
  }

  @Override
  public long requests() {
    return 0;
  }

  @Override
  public int steps() {
    return steered.steps();
  }
}
