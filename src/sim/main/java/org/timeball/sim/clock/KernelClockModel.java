package org.timeball.sim.clock;

/**
 * A kernel's clock over an imperfect oscillator, in double seconds since the start of the
 * simulation: tick, clamped frequency, phase-locked loop and the states around a leap second. The
 * same arithmetic as clknetsim's, so that its recorded logs come out equal.
 *
 * <p>Frequency and tick act at once; the loop and the leap act at each {@link #second()}.
 */
public final class KernelClockModel {
  /** States around a leap second, in the numbers that {@code adjtimex} returns. */
  public enum LeapState {
    OK,
    INSERT,
    DELETE,
    OUT_OF_PHASE,
    WAIT
  }

  /** 2^16 units of frequency are 1 ppm. */
  public static final double FREQUENCY_SCALE = 65_536e6;

  /** 500 ppm. */
  private static final long FREQUENCY_LIMIT = 32_768_000;

  private static final long NOMINAL_TICK = 10_000;
  private static final long ERROR_LIMIT = 16_000_000;
  private static final long ERROR_GROWTH = 500;
  private static final int LARGEST_TIME_CONSTANT = 10;

  /** The kernel's SHIFT_PLL and SHIFT_FLL. */
  private static final int PLL_SHIFT = 2;

  private static final int FLL_SHIFT = 2;

  /** Seconds between updates from which a frequency-locked loop may, and must, take over. */
  private static final int FLL_FROM = 256;

  private static final int FLL_ALWAYS_FROM = 2048;

  private static final long DAY = 86_400;
  private static final int STATUS_MASK = 0xff;

  private final Timex timex = new Timex();
  private final long epochSecondOfDay;
  private double time;
  private double monotonic;
  private double raw;
  private double oscillator = 1;
  private LeapState leapState = LeapState.OK;
  private double pllOffset;
  private double pllSlew;
  private int secondsSinceOffset;

  /**
   * @param initialOffset seconds by which the clock is ahead at the start
   * @param epochUnixSeconds what Unix time it is at the start of the simulation; leap seconds need
   *     it to know the end of the day
   */
  public KernelClockModel(double initialOffset, long epochUnixSeconds) {
    this.time = initialOffset;
    this.epochSecondOfDay = Math.floorMod(epochUnixSeconds, DAY);
    timex.tick = NOMINAL_TICK;
    timex.maximumError = ERROR_LIMIT;
    timex.estimatedError = ERROR_LIMIT;
    timex.status = Timex.STA_UNSYNC;
  }

  /** What the steered clock shows, in seconds since the start. */
  public double time() {
    return time;
  }

  /** The same rate, but never stepped. */
  public double monotonic() {
    return monotonic;
  }

  /** The oscillator itself. */
  public double raw() {
    return raw;
  }

  /** Seconds of raw time in a true second. */
  public double rawRate() {
    return oscillator;
  }

  /** Seconds the steered clock gains in a true second. */
  public double totalRate() {
    return oscillator
        * ((double) timex.tick / NOMINAL_TICK + timex.frequency / FREQUENCY_SCALE + pllSlew);
  }

  /** Where the clock is around a leap second. */
  public LeapState leapState() {
    return leapState;
  }

  /**
   * From now on the oscillator runs fast by this much.
   *
   * @throws IllegalArgumentException outside ±0.2
   */
  public void setOscillator(double frequency) {
    if (!(Math.abs(frequency) < 0.2)) {
      throw new IllegalArgumentException(
          "oscillator frequency " + frequency + " is outside -0.2 to 0.2");
    }
    oscillator = frequency + 1;
  }

  /** Lets true time pass. */
  public void advance(double trueSeconds) {
    double local = trueSeconds * totalRate();
    time += local;
    monotonic += local;
    raw += trueSeconds * oscillator;
  }

  /** {@code settimeofday}. */
  public void setTime(double seconds) {
    time = seconds;
  }

  /** Moves the clock at once. */
  public void step(double seconds) {
    time += seconds;
  }

  /** What the kernel does once a second: the loop, the error bound, the leap second. */
  public void second() {
    if ((timex.status & Timex.STA_PLL) != 0) {
      secondsSinceOffset++;
      pllSlew = pllOffset / (1 << (PLL_SHIFT + (int) timex.constant));
      pllOffset -= pllSlew;
      timex.offset = (long) (pllOffset * ((timex.status & Timex.STA_NANO) != 0 ? 1e9 : 1e6));
    }
    timex.maximumError += ERROR_GROWTH;
    if (timex.maximumError >= ERROR_LIMIT) {
      timex.maximumError = ERROR_LIMIT;
      timex.status |= Timex.STA_UNSYNC;
    }
    leap();
  }

  private void leap() {
    switch (leapState) {
      case OK -> {
        if ((timex.status & Timex.STA_INS) != 0) {
          leapState = LeapState.INSERT;
        } else if ((timex.status & Timex.STA_DEL) != 0) {
          leapState = LeapState.DELETE;
        }
      }
      case INSERT -> {
        if (secondOfDay(0.5) <= 1) {
          time -= 1;
          timex.tai++;
          leapState = LeapState.OUT_OF_PHASE;
        } else if ((timex.status & Timex.STA_INS) == 0) {
          leapState = LeapState.OK;
        }
      }
      case DELETE -> {
        if (secondOfDay(1.5) <= 1) {
          time += 1;
          timex.tai--;
          leapState = LeapState.WAIT;
        } else if ((timex.status & Timex.STA_DEL) == 0) {
          leapState = LeapState.OK;
        }
      }
      case OUT_OF_PHASE -> leapState = LeapState.WAIT;
      case WAIT -> {
        if ((timex.status & (Timex.STA_INS | Timex.STA_DEL)) == 0) {
          leapState = LeapState.OK;
        }
      }
    }
  }

  private long secondOfDay(double ahead) {
    return Math.floorMod((long) Math.floor(time + ahead) + epochSecondOfDay, DAY);
  }

  /**
   * {@code adjtimex}: carries out what {@code request.modes} asks for.
   *
   * @return the state afterwards
   * @throws IllegalArgumentException for a tick more than 10 % off; the kernel says EINVAL
   */
  public Timex adjust(Timex request) {
    if ((request.modes & Timex.ADJ_FREQUENCY) != 0) {
      timex.frequency = Math.clamp(request.frequency, -FREQUENCY_LIMIT, FREQUENCY_LIMIT);
    }
    if ((request.modes & Timex.ADJ_MAXERROR) != 0) {
      timex.maximumError = Math.clamp(request.maximumError, 0, ERROR_LIMIT);
    }
    if ((request.modes & Timex.ADJ_ESTERROR) != 0) {
      timex.estimatedError = Math.clamp(request.estimatedError, 0, ERROR_LIMIT);
    }
    if ((request.modes & Timex.ADJ_STATUS) != 0) {
      if ((request.status & Timex.STA_PLL) != 0 && (timex.status & Timex.STA_PLL) == 0) {
        secondsSinceOffset = 0;
      }
      timex.status = request.status & STATUS_MASK;
    }
    if ((request.modes & Timex.ADJ_MICRO) != 0) {
      timex.status &= ~Timex.STA_NANO;
    }
    if ((request.modes & Timex.ADJ_NANO) != 0) {
      timex.status |= Timex.STA_NANO;
    }
    if ((request.modes & Timex.ADJ_TIMECONST) != 0) {
      long constant = request.constant + ((timex.status & Timex.STA_NANO) == 0 ? 4 : 0);
      timex.constant = Math.clamp(constant, 0, LARGEST_TIME_CONSTANT);
    }
    if ((request.modes & Timex.ADJ_TICK) != 0) {
      if (Math.abs(request.tick - NOMINAL_TICK) > NOMINAL_TICK / 10) {
        throw new IllegalArgumentException("tick " + request.tick + " is outside 9000 to 11000");
      }
      timex.tick = request.tick;
    }
    if ((request.modes & Timex.ADJ_OFFSET) != 0) {
      setLoopOffset(request.offset);
    }
    if ((request.modes & Timex.ADJ_SETOFFSET) != 0) {
      double unit = (timex.status & Timex.STA_NANO) != 0 ? 1e-9 : 1e-6;
      time += request.stepSeconds + request.stepFraction * unit;
      timex.maximumError = ERROR_LIMIT;
    }
    if ((request.modes & Timex.ADJ_TAI) != 0) {
      timex.tai = (int) request.constant;
    }
    return timex.copy();
  }

  /** The hybrid of a phase-locked and a frequency-locked loop (RFC 1589, section 3). */
  private void setLoopOffset(long offset) {
    if ((timex.status & Timex.STA_FREQHOLD) != 0) {
      secondsSinceOffset = 0;
    }
    double previous = pllOffset;
    pllOffset = offset * ((timex.status & Timex.STA_NANO) != 0 ? 1e-9 : 1e-6);
    timex.offset = offset;
    if ((timex.status & Timex.STA_PLL) == 0) {
      return;
    }
    double change = 0;
    boolean asked = (timex.status & Timex.STA_FLL) != 0;
    if (previous != 0
        && secondsSinceOffset >= FLL_FROM
        && (asked || secondsSinceOffset > FLL_ALWAYS_FROM)) {
      timex.status |= Timex.STA_MODE;
      change = pllOffset / ((double) secondsSinceOffset * (1 << FLL_SHIFT));
    } else {
      timex.status &= ~Timex.STA_MODE;
    }
    double gain = 4.0 * (1 << PLL_SHIFT) * (1 << (int) timex.constant);
    change += pllOffset * secondsSinceOffset / (gain * gain);
    // The kernel keeps whole units: what is left over is cut off, towards zero.
    timex.frequency = (long) (timex.frequency + change * FREQUENCY_SCALE);
    timex.frequency = Math.clamp(timex.frequency, -FREQUENCY_LIMIT, FREQUENCY_LIMIT);
    secondsSinceOffset = 0;
  }
}
