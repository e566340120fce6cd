package org.timeball.sim.clock;

/** The arguments and results of {@code adjtimex} that the model knows; units as in the call. */
public final class Timex {
  public static final int ADJ_OFFSET = 0x0001;
  public static final int ADJ_FREQUENCY = 0x0002;
  public static final int ADJ_MAXERROR = 0x0004;
  public static final int ADJ_ESTERROR = 0x0008;
  public static final int ADJ_STATUS = 0x0010;
  public static final int ADJ_TIMECONST = 0x0020;
  public static final int ADJ_TAI = 0x0080;
  public static final int ADJ_SETOFFSET = 0x0100;
  public static final int ADJ_MICRO = 0x1000;
  public static final int ADJ_NANO = 0x2000;
  public static final int ADJ_TICK = 0x4000;

  public static final int STA_PLL = 0x0001;
  public static final int STA_FLL = 0x0008;
  public static final int STA_INS = 0x0010;
  public static final int STA_DEL = 0x0020;
  public static final int STA_UNSYNC = 0x0040;
  public static final int STA_FREQHOLD = 0x0080;
  public static final int STA_NANO = 0x2000;
  public static final int STA_MODE = 0x4000;

  public int modes;
  public long offset;
  public long frequency;
  public long maximumError;
  public long estimatedError;
  public int status;
  public long constant;
  public long tick;
  public long stepSeconds;
  public long stepFraction;
  public int tai;

  /** Above this much is left to the tick; below, the frequency alone has the finest grain. */
  private static final double FREQUENCY_REACH = 450e-6;

  private static final double TICK_UNIT = 1e-4;
  private static final long NOMINAL_TICK = 10_000;

  /** A request for this rate, through tick and scaled frequency together. */
  public static Timex ofFrequency(double rate) {
    Timex request = new Timex();
    request.modes = ADJ_FREQUENCY | ADJ_TICK;
    request.tick = NOMINAL_TICK;
    if (Math.abs(rate) > FREQUENCY_REACH) {
      request.tick += Math.round(rate / TICK_UNIT);
    }
    double rest = rate - (request.tick - NOMINAL_TICK) * TICK_UNIT;
    request.frequency = Math.round(rest * KernelClockModel.FREQUENCY_SCALE);
    return request;
  }

  /** The rate that tick and scaled frequency make together. */
  public static double frequencyOf(Timex result) {
    return (result.tick - NOMINAL_TICK) * TICK_UNIT
        + result.frequency / KernelClockModel.FREQUENCY_SCALE;
  }

  /** A copy. */
  Timex copy() {
    Timex other = new Timex();
    other.modes = modes;
    other.offset = offset;
    other.frequency = frequency;
    other.maximumError = maximumError;
    other.estimatedError = estimatedError;
    other.status = status;
    other.constant = constant;
    other.tick = tick;
    other.stepSeconds = stepSeconds;
    other.stepFraction = stepFraction;
    other.tai = tai;
    return other;
  }
}
