package org.timeball.platform.clock;

import com.sun.jna.LastErrorException;
import java.util.List;
import org.timeball.core.ClockReading;
import org.timeball.platform.linux.LinuxError;
import org.timeball.platform.process.ProcessName;
import org.timeball.platform.process.TimeDaemons;
import org.timeball.time.Leap;

/**
 * The machine's own clock, CLOCK_REALTIME, steered with {@code clock_adjtime}: every program on the
 * machine sees it. Needs CAP_SYS_TIME.
 *
 * <p>The kernel's own phase-locked loop stays off until {@link #lockPhase} asks for it: it knows
 * nothing of the raw scale, and two loops on one clock fight. What the kernel is told otherwise is
 * a rate, a step, a leap second, and how good its clock is.
 *
 * <p>Safe for several threads: one steers, any number reads.
 */
public final class KernelClock implements HostClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long LEAP_TOLERANCE_NANOS = 2_000_000;

  /** The kernel's NTP_PHASE_LIMIT, 16 s: an error above it means "not synchronised" anyway. */
  private static final double LARGEST_ERROR_SECONDS = 16;

  private final ClockSource source;
  private final TimexSystem system;
  private final StampConverter stamps;
  private final RealtimeWatcher watcher;
  private final ClockPrecision precision;

  /** Of the thread that steers; kept, because memory outside the heap is freed late. */
  private final Timex work = Timex.reading();

  private final Timex forStatus = Timex.reading();
  private volatile double frequency;
  private volatile Leap askedLeap = Leap.NONE;
  private volatile Quality quality = Quality.UNKNOWN;

  /** Whether the kernel's loop steers, from the first {@link #lockPhase} on. */
  private boolean locked;

  private long tick;

  /**
   * Takes over the kernel's clock: its rate is kept, and it is marked as not synchronised until
   * {@link #reportQuality} says otherwise.
   *
   * @throws ClockException if another program steers it, if it may not be set, or if this kernel is
   *     not understood; the message says what to do
   */
  public static KernelClock takeOver() throws ClockException {
    refuseIfSteeredBy(new TimeDaemons().running());
    return takeOverBeside();
  }

  /**
   * As {@link #takeOver}, although another program may steer it: to set it once.
   *
   * @throws ClockException if it may not be set, or if this kernel is not understood
   */
  public static KernelClock takeOverBeside() throws ClockException {
    return new KernelClock(
        LinuxClocks.INSTANCE, TimexSystem.LINUX, new TimerFdSignal(LinuxClocks.INSTANCE));
  }

  static void refuseIfSteeredBy(List<ProcessName> others) throws ClockException {
    if (!others.isEmpty()) {
      throw new ClockException(
          "kernel clock: "
              + others.getFirst()
              + " steers it already, and two would fight. Stop that one, or choose the user-space"
              + " clock.");
    }
  }

  KernelClock(ClockSource source, TimexSystem system, ClockSetSignal signal) throws ClockException {
    this.source = source;
    this.system = system;
    Timex found = TimexCheck.check(system, source);
    tick = found.tick();
    frequency = rateOf(tick, found.frequency());
    stamps = new StampConverter(source);
    stamps.expectJumps(this::isOurLeap);
    watcher = new RealtimeWatcher(stamps, signal);
    adjust(resetOfLeapState(), "mark it as not synchronised");
    writeStatus();
    precision = new ClockPrecision(source::realtimeNanos);
  }

  @Override
  public boolean isRealtime() {
    return true;
  }

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public long nowRawNanos() {
    return source.rawNanos();
  }

  @Override
  public long nowUnixNanos() {
    return source.realtimeNanos();
  }

  @Override
  public long servedUnixNanos() {
    return source.realtimeNanos();
  }

  @Override
  public ClockReading read() {
    long offset = stamps.offsetNanos();
    long raw = source.rawNanos();
    return new ClockReading(raw, raw + offset);
  }

  /** {@code realtimeNanos} itself: the kernel's stamps are of the clock that is served. */
  @Override
  public long unixNanosOfStamp(long realtimeNanos) {
    return realtimeNanos;
  }

  @Override
  public long rawNanosOfStamp(long realtimeNanos) {
    long raw = stamps.rawNanosOfStamp(realtimeNanos);
    return raw == UNPLACED ? source.rawNanos() : raw;
  }

  @Override
  public long placedRawNanos(long realtimeNanos) {
    return stamps.rawNanosOfStamp(realtimeNanos);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Up to ±500 ppm it is the kernel's frequency; beyond, up to ±10 %, its tick carries the
   * hundreds of ppm.
   */
  @Override
  public double setFrequency(double wanted) throws ClockException {
    if (Double.isNaN(wanted)) {
      throw new IllegalArgumentException("a clock's frequency must be a number");
    }
    long tickChange = 0;
    if (Math.abs(wanted) > Timex.LARGEST_FREQUENCY * Timex.FREQUENCY_UNIT) {
      tickChange =
          Math.clamp(
              Math.round(wanted * Timex.NOMINAL_TICK),
              -Timex.LARGEST_TICK_CHANGE,
              Timex.LARGEST_TICK_CHANGE);
    }
    double rest = wanted - (double) tickChange / Timex.NOMINAL_TICK;
    long scaled =
        Math.clamp(
            Math.round(rest / Timex.FREQUENCY_UNIT),
            -Timex.LARGEST_FREQUENCY,
            Timex.LARGEST_FREQUENCY);
    Timex change = work.cleared().setFrequency(scaled);
    long newTick = Timex.NOMINAL_TICK + tickChange;
    if (newTick != tick) {
      change.setTick(newTick);
    }
    double newFrequency = rateOf(newTick, scaled);
    stamps.steerBy(() -> adjust(change, "set its frequency"), newFrequency);
    tick = newTick;
    frequency = newFrequency;
    return newFrequency;
  }

  @Override
  public void lockPhase(double offset, int timeConstant) throws ClockException {
    locked = true;
    Timex change =
        work.cleared()
            .setStatus(status())
            .setLoop(Math.round(offset * NANOS_PER_SECOND), timeConstant);
    stamps.steerBy(() -> adjust(change, "hand an offset to its loop"), frequency);
    // The kernel fills in what it runs at: the loop has changed it.
    frequency = rateOf(tick, change.frequency());
  }

  private static double rateOf(long tick, long scaledFrequency) {
    return (double) (tick - Timex.NOMINAL_TICK) / Timex.NOMINAL_TICK
        + scaledFrequency * Timex.FREQUENCY_UNIT;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The kernel marks its clock as not synchronised then, and forgets on which day the leap
   * second was due; so that is armed anew.
   */
  @Override
  public void step(long nanos) throws ClockException {
    Timex step = work.cleared().setStep(nanos);
    stamps.stepBy(() -> adjust(step, "step it by " + nanos + " ns"));
    quality = Quality.UNKNOWN;
    if (askedLeap != Leap.NONE) {
      adjust(resetOfLeapState(), "arm its leap second anew");
      if (locked) {
        // Turning the loop off is what takes the leap state back.
        adjust(work.cleared().setStatus(Timex.STA_UNSYNC), "arm its leap second anew");
      }
      writeStatus();
    }
  }

  @Override
  public void reportQuality(boolean synchronised, double maximumError, double estimatedError)
      throws ClockException {
    quality = new Quality(synchronised, maximumError, estimatedError);
    adjust(
        work.cleared()
            .setStatus(status())
            .setErrors(microsRoundedUp(maximumError), microsRoundedUp(estimatedError)),
        "tell it how good it is");
  }

  private static long microsRoundedUp(double seconds) {
    double bounded = seconds >= 0 ? Math.min(seconds, LARGEST_ERROR_SECONDS) : 0;
    return (long) Math.ceil(bounded * 1e6);
  }

  @Override
  public void armLeap(Leap leap) throws ClockException {
    Leap wanted = leap == Leap.INSERT || leap == Leap.DELETE ? leap : Leap.NONE;
    if (wanted != askedLeap) {
      askedLeap = wanted;
      writeStatus();
    }
  }

  @Override
  public void setTai(int seconds) throws ClockException {
    adjust(work.cleared().setTai(seconds), "set its TAI offset");
  }

  @Override
  public int precisionExponent() {
    return precision.exponent();
  }

  @Override
  public double frequency() {
    return frequency;
  }

  @Override
  public Quality quality() {
    return quality;
  }

  @Override
  public LeapPhase leapPhase() {
    int state;
    int status;
    synchronized (forStatus) {
      state = system.adjust(forStatus.cleared().octets());
      status = forStatus.status();
    }
    return switch (state) {
      case Timex.TIME_INS -> LeapPhase.INSERT_ARMED;
      case Timex.TIME_DEL -> LeapPhase.DELETE_ARMED;
      case Timex.TIME_OOP -> LeapPhase.INSERTING;
      case Timex.TIME_WAIT -> LeapPhase.DONE;
      // Just armed, or "not synchronised" hides the state: what was asked for is what we know.
      default ->
          (status & Timex.STA_INS) != 0
              ? LeapPhase.INSERT_ARMED
              : (status & Timex.STA_DEL) != 0 ? LeapPhase.DELETE_ARMED : LeapPhase.NONE;
    };
  }

  @Override
  public void watchRealtime(RealtimeJumpListener listener) {
    stamps.onJump(listener);
    watcher.start();
  }

  /**
   * Marks the clock as not synchronised, because from now on nobody looks after it. Its rate stays,
   * and so does a leap second that was armed: it is due whoever runs.
   */
  @Override
  public void close() {
    watcher.close();
    quality = Quality.UNKNOWN;
    locked = false;
    try {
      writeStatus();
    } catch (ClockException e) {
      // Whoever may set the clock could also take that right away; there is nothing left to do.
    }
  }

  private int status() {
    int bits = (quality.synchronised() ? 0 : Timex.STA_UNSYNC) | (locked ? Timex.STA_PLL : 0);
    return switch (askedLeap) {
      case INSERT -> bits | Timex.STA_INS;
      case DELETE -> bits | Timex.STA_DEL;
      case NONE, UNSYNCHRONIZED -> bits;
    };
  }

  private void writeStatus() throws ClockException {
    adjust(work.cleared().setStatus(status()), "set its status");
  }

  /**
   * Turning the kernel's loop on, and off with the next status, is what takes its leap state back
   * to the beginning; without an offset to work on, the loop does nothing in between.
   */
  private Timex resetOfLeapState() {
    return work.cleared().setStatus(Timex.STA_PLL | Timex.STA_UNSYNC);
  }

  private boolean isOurLeap(long stepNanos) {
    return switch (askedLeap) {
      case INSERT -> Math.abs(stepNanos + NANOS_PER_SECOND) < LEAP_TOLERANCE_NANOS;
      case DELETE -> Math.abs(stepNanos - NANOS_PER_SECOND) < LEAP_TOLERANCE_NANOS;
      case NONE, UNSYNCHRONIZED -> false;
    };
  }

  private void adjust(Timex change, String what) throws ClockException {
    try {
      system.adjust(change.octets());
    } catch (LastErrorException e) {
      throw new ClockException(
          switch (e.getErrorCode()) {
            case LinuxError.EPERM ->
                "kernel clock: not allowed to "
                    + what
                    + ": CAP_SYS_TIME is missing. Under systemd the unit needs"
                    + " AmbientCapabilities=CAP_SYS_TIME; by hand, run as root or give the Java"
                    + " binary the right with setcap cap_sys_time+ep; or choose the user-space"
                    + " clock, which needs none.";
            case LinuxError.EINVAL ->
                "kernel clock: the kernel refused to " + what + ": out of its range (errno 22)";
            default ->
                "kernel clock: the kernel refused to " + what + ": " + LinuxError.describe(e);
          });
    }
  }
}
