package org.timeball.sim.join;

import org.timeball.core.ClockReading;
import org.timeball.core.SystemClock;
import org.timeball.time.Leap;

/** The clock of a node in clknetsim's network. No time passes while a node computes. */
final class JoinedClock implements SystemClock {
  private static final double NANOS = 1e9;

  private final ClknetsimLink link;
  private final long epochUnixNanos;
  private double frequency;

  JoinedClock(ClknetsimLink link, long epochUnixSeconds) {
    this.link = link;
    this.epochUnixNanos = epochUnixSeconds * 1_000_000_000L;
  }

  @Override
  public ClockReading read() {
    return new ClockReading(Math.round(link.raw() * NANOS), servedUnixNanos());
  }

  @Override
  public long servedUnixNanos() {
    double seconds = Math.floor(link.real());
    return epochUnixNanos
        + ((long) seconds) * 1_000_000_000L
        + Math.round((link.real() - seconds) * NANOS);
  }

  @Override
  public double setFrequency(double rate) {
    frequency = link.setFrequency(rate);
    return frequency;
  }

  /** The rate that was set last. */
  double frequency() {
    return frequency;
  }

  @Override
  public void step(long nanos) {
    link.setTime(link.real() + nanos / NANOS);
  }

  @Override
  public void reportQuality(boolean synchronised, double maximumError, double estimatedError) {
    // Nobody in this world asks the kernel.
  }

  @Override
  public void armLeap(Leap leap) throws ClockException {
    if (leap == Leap.INSERT || leap == Leap.DELETE) {
      throw new ClockException("a joined node does not insert or delete leap seconds");
    }
  }

  @Override
  public void setTai(int seconds) {
    // Nobody in this world asks the kernel.
  }
}
