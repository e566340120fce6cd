package org.timeball.platform.clock;

/**
 * Two clocks moved by hand, by any thread. Each reading takes {@link #readingNanos}, so that
 * brackets have a width.
 */
final class FakeSource implements ClockSource {
  long rawNanos = 1_000_000_000_000L;
  long readingNanos = 25;

  /** CLOCK_REALTIME's rate against raw, less 1. */
  double realtimeRate;

  private double realtimeNanosPast;
  private long realtimeBaseNanos;

  FakeSource(long realtimeNanos) {
    realtimeBaseNanos = realtimeNanos;
  }

  synchronized void pass(long nanos) {
    rawNanos += nanos;
    realtimeBaseNanos += nanos;
    realtimeNanosPast += nanos * realtimeRate;
  }

  synchronized void setRealtime(long byNanos) {
    realtimeBaseNanos += byNanos;
  }

  @Override
  public synchronized long rawNanos() {
    pass(readingNanos);
    return rawNanos;
  }

  @Override
  public synchronized long realtimeNanos() {
    pass(readingNanos);
    return realtimeBaseNanos + Math.round(realtimeNanosPast);
  }
}
