package org.timeball.platform.clock;

import org.timeball.core.ClockReading;
import org.timeball.time.Leap;

/**
 * A clock of our own on top of the machine's raw scale: it needs no privilege, and it lives beside
 * whatever steers the kernel's clock. Only programs that ask us over NTP see it.
 *
 * <p>Safe for several threads: one steers, any number reads. Readers take one reference and
 * allocate nothing.
 */
public final class UserClock implements HostClock {
  /** As far as the kernel's own clock could be bent. */
  private static final double LARGEST_FREQUENCY = 0.1;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;

  private final ClockSource source;
  private final StampConverter stamps;
  private final RealtimeWatcher watcher;
  private final ClockPrecision precision;
  private volatile ClockLine line;
  private volatile Leap askedLeap = Leap.NONE;
  private volatile long leapMidnightUnixNanos;
  private volatile boolean leapt;
  private volatile Quality quality = Quality.UNKNOWN;

  /** Starts at what CLOCK_REALTIME shows and runs at the raw scale's rate. */
  public static UserClock startingAtRealtime() {
    return new UserClock(LinuxClocks.INSTANCE, 0);
  }

  /**
   * A clock with something to correct, for demonstrations and tests.
   *
   * @param offsetNanos what it starts ahead of CLOCK_REALTIME
   * @param oscillatorError how much too fast its raw scale runs; 40e-6 is 40 ppm
   */
  public static UserClock startingWrong(long offsetNanos, double oscillatorError) {
    return new UserClock(new DriftingSource(LinuxClocks.INSTANCE, oscillatorError), offsetNanos);
  }

  UserClock(ClockSource source, long offsetNanos) {
    this.source = source;
    stamps = new StampConverter(source);
    watcher = new RealtimeWatcher(stamps, new TimerFdSignal(source));
    long raw = source.rawNanos();
    line = ClockLine.startingAt(raw, raw + stamps.offsetNanos() + offsetNanos);
    precision = new ClockPrecision(this::nowUnixNanos);
  }

  @Override
  public boolean isRealtime() {
    return false;
  }

  @Override
  public String name() {
    return "user";
  }

  @Override
  public long nowRawNanos() {
    return source.rawNanos();
  }

  @Override
  public long nowUnixNanos() {
    return line.at(source.rawNanos());
  }

  @Override
  public long servedUnixNanos() {
    return nowUnixNanos();
  }

  @Override
  public ClockReading read() {
    long raw = source.rawNanos();
    return new ClockReading(raw, line.at(raw));
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

  @Override
  public long unixNanosOfStamp(long realtimeNanos) {
    return line.at(rawNanosOfStamp(realtimeNanos));
  }

  @Override
  public double setFrequency(double frequency) {
    if (Double.isNaN(frequency)) {
      throw new IllegalArgumentException("a clock's frequency must be a number");
    }
    double bounded = Math.clamp(frequency, -LARGEST_FREQUENCY, LARGEST_FREQUENCY);
    line = rebased().withFrequency(bounded);
    return bounded;
  }

  @Override
  public void step(long nanos) {
    line = armed(rebased().steppedBy(nanos));
  }

  @Override
  public void reportQuality(boolean synchronised, double maximumError, double estimatedError) {
    quality = new Quality(synchronised, maximumError, estimatedError);
  }

  /**
   * {@inheritDoc}
   *
   * <p>As in the kernel, a leap that has happened does not happen again until it was disarmed.
   */
  @Override
  public void armLeap(Leap leap) {
    ClockLine current = rebased();
    Leap wanted = leap == Leap.INSERT || leap == Leap.DELETE ? leap : Leap.NONE;
    if (wanted == askedLeap) {
      line = current;
      return;
    }
    askedLeap = wanted;
    leapt = false;
    line = armed(current.withoutLeap());
  }

  /** Does nothing: no program asks this clock for TAI. */
  @Override
  public void setTai(int seconds) {}

  @Override
  public int precisionExponent() {
    return precision.exponent();
  }

  @Override
  public double frequency() {
    return line.frequency();
  }

  @Override
  public Quality quality() {
    return quality;
  }

  @Override
  public LeapPhase leapPhase() {
    ClockLine current = line;
    long raw = source.rawNanos();
    if (askedLeap == Leap.NONE) {
      return LeapPhase.NONE;
    }
    if (leapt || current.hasLeaptAt(raw)) {
      boolean inserting = askedLeap == Leap.INSERT && current.at(raw) < leapMidnightUnixNanos;
      return inserting ? LeapPhase.INSERTING : LeapPhase.DONE;
    }
    return askedLeap == Leap.INSERT ? LeapPhase.INSERT_ARMED : LeapPhase.DELETE_ARMED;
  }

  @Override
  public void watchRealtime(RealtimeJumpListener listener) {
    stamps.onJump(listener);
    watcher.start();
  }

  @Override
  public void close() {
    watcher.close();
    quality = Quality.UNKNOWN;
  }

  private ClockLine rebased() {
    ClockLine current = line;
    long raw = source.rawNanos();
    leapt |= current.hasLeaptAt(raw);
    return current.from(raw);
  }

  /** Puts the leap that was asked for at the end of the day that {@code start} begins in. */
  private ClockLine armed(ClockLine start) {
    if (askedLeap == Leap.NONE || leapt) {
      return start;
    }
    // Too late for the second that has begun: the day's last second can only be left out whole.
    long ahead = askedLeap == Leap.DELETE ? NANOS_PER_SECOND : 0;
    long day = Math.floorDiv(start.unixNanos() + ahead, NANOS_PER_DAY);
    leapMidnightUnixNanos = (day + 1) * NANOS_PER_DAY;
    return askedLeap == Leap.INSERT
        ? start.withLeap(leapMidnightUnixNanos, -NANOS_PER_SECOND)
        : start.withLeap(leapMidnightUnixNanos - NANOS_PER_SECOND, NANOS_PER_SECOND);
  }
}
