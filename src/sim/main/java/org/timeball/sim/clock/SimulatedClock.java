package org.timeball.sim.clock;

import org.timeball.core.ClockReading;
import org.timeball.core.SystemClock;
import org.timeball.time.Leap;

/**
 * The simulated kernel clock as the daemon knows clocks. The frequency goes through tick and scaled
 * frequency like the real one, so it has the real resolution and limits.
 */
public final class SimulatedClock implements SystemClock {
  private static final double NANOS = 1e9;

  private final KernelClockModel model;
  private final long epochUnixNanos;

  /**
   * @param epochUnixNanos Unix time at the start of the simulation, whole seconds
   */
  public SimulatedClock(KernelClockModel model, long epochUnixNanos) {
    this.model = model;
    this.epochUnixNanos = epochUnixNanos;
  }

  /** The kernel underneath. */
  public KernelClockModel model() {
    return model;
  }

  /** The raw scale now; stamps are exact to the nanosecond and never rounded up. */
  public long rawNanos() {
    return (long) Math.floor(model.raw() * NANOS + 0.5);
  }

  @Override
  public ClockReading read() {
    return new ClockReading(rawNanos(), servedUnixNanos());
  }

  @Override
  public long servedUnixNanos() {
    double time = model.time();
    long seconds = (long) Math.floor(time);
    return epochUnixNanos
        + seconds * 1_000_000_000L
        + (long) Math.floor((time - seconds) * NANOS + 0.5);
  }

  @Override
  public double setFrequency(double frequency) throws ClockException {
    return Timex.frequencyOf(adjust(Timex.ofFrequency(frequency)));
  }

  @Override
  public void lockPhase(double offset, int timeConstant) throws ClockException {
    Timex request = new Timex();
    request.modes = Timex.ADJ_OFFSET | Timex.ADJ_TIMECONST | Timex.ADJ_STATUS | Timex.ADJ_NANO;
    request.offset = Math.round(offset * NANOS);
    request.constant = timeConstant;
    request.status = status() | Timex.STA_PLL;
    adjust(request);
  }

  private Timex adjust(Timex request) throws ClockException {
    try {
      return model.adjust(request);
    } catch (IllegalArgumentException e) {
      throw new ClockException(e.getMessage());
    }
  }

  @Override
  public void step(long nanos) {
    model.step(nanos / NANOS);
  }

  @Override
  public void reportQuality(boolean synchronised, double maximumError, double estimatedError)
      throws ClockException {
    Timex request = new Timex();
    request.modes = Timex.ADJ_MAXERROR | Timex.ADJ_ESTERROR | Timex.ADJ_STATUS | Timex.ADJ_NANO;
    request.maximumError = (long) Math.min(maximumError * 1e6, Integer.MAX_VALUE);
    request.estimatedError = (long) Math.min(estimatedError * 1e6, Integer.MAX_VALUE);
    request.status = status() & (Timex.STA_INS | Timex.STA_DEL | Timex.STA_PLL);
    if (!synchronised) {
      request.status |= Timex.STA_UNSYNC;
    }
    adjust(request);
  }

  private int status() throws ClockException {
    return adjust(new Timex()).status;
  }

  @Override
  public void armLeap(Leap leap) throws ClockException {
    Timex request = new Timex();
    request.modes = Timex.ADJ_STATUS;
    request.status = status() & ~(Timex.STA_INS | Timex.STA_DEL);
    if (leap == Leap.INSERT) {
      request.status |= Timex.STA_INS;
    } else if (leap == Leap.DELETE) {
      request.status |= Timex.STA_DEL;
    }
    adjust(request);
  }

  @Override
  public void setTai(int seconds) throws ClockException {
    Timex request = new Timex();
    request.modes = Timex.ADJ_TAI;
    request.constant = seconds;
    adjust(request);
  }
}
