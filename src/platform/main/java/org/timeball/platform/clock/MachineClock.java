package org.timeball.platform.clock;

import org.timeball.core.ClockReading;
import org.timeball.time.Leap;

/**
 * The machine's own clock, CLOCK_REALTIME, read and served but never touched: another program, or
 * the machine's host, keeps it right. Needs no privilege. What would steer it is refused.
 *
 * <p>Safe for several threads.
 */
public final class MachineClock implements HostClock {
  private final ClockSource source = LinuxClocks.INSTANCE;
  private final StampConverter stamps = new StampConverter(source);
  private final RealtimeWatcher watcher = new RealtimeWatcher(stamps, new TimerFdSignal(source));
  private final ClockPrecision precision = new ClockPrecision(source::realtimeNanos);
  private volatile Quality quality = Quality.UNKNOWN;

  @Override
  public String name() {
    return "machine";
  }

  @Override
  public boolean isRealtime() {
    return true;
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
    // Two readings one after the other would be apart by whatever comes between them.
    long offset = stamps.offsetNanos();
    long raw = source.rawNanos();
    return new ClockReading(raw, raw + offset);
  }

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

  @Override
  public double setFrequency(double frequency) throws ClockException {
    throw refusal();
  }

  @Override
  public void step(long nanos) throws ClockException {
    throw refusal();
  }

  /** Keeps it for status; the kernel is told by whoever steers its clock. */
  @Override
  public void reportQuality(boolean synchronised, double maximumError, double estimatedError) {
    quality = new Quality(synchronised, maximumError, estimatedError);
  }

  @Override
  public void armLeap(Leap leap) throws ClockException {
    throw refusal();
  }

  @Override
  public void setTai(int seconds) throws ClockException {
    throw refusal();
  }

  private static ClockException refusal() {
    return new ClockException(
        "machine clock: it is served as it is, and somebody else keeps it right. To steer it,"
            + " choose the kernel's clock; to leave it alone and serve a better one, the user-space"
            + " clock.");
  }

  @Override
  public int precisionExponent() {
    return precision.exponent();
  }

  /** Always 0: how far it is from the raw scale is the business of whoever steers it. */
  @Override
  public double frequency() {
    return 0;
  }

  @Override
  public LeapPhase leapPhase() {
    return LeapPhase.NONE;
  }

  @Override
  public Quality quality() {
    return quality;
  }

  @Override
  public void watchRealtime(RealtimeJumpListener listener) {
    stamps.onJump(listener);
    watcher.start();
  }

  @Override
  public void close() {
    watcher.close();
  }
}
