package org.timeball.platform.clock;

/**
 * Two clocks moved by hand. Each reading takes {@link #readingNanos}, so that brackets have a
 * width.
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

  void pass(long nanos) {
    rawNanos += nanos;
    realtimeBaseNanos += nanos;
    realtimeNanosPast += nanos * realtimeRate;
  }

  void setRealtime(long byNanos) {
    realtimeBaseNanos += byNanos;
  }

  @Override
  public long rawNanos() {
    pass(readingNanos);
    return rawNanos;
  }

  @Override
  public long realtimeNanos() {
    pass(readingNanos);
    return realtimeBaseNanos + Math.round(realtimeNanosPast);
  }
}
