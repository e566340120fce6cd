package org.timeball.server.net;

import org.timeball.platform.clock.PacketClock;

/** This machine's clock, to the millisecond: good for counting and for shapes, not for accuracy. */
final class RealtimeClock implements PacketClock {
  @Override
  public long nowUnixNanos() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  @Override
  public long nowRawNanos() {
    return System.nanoTime();
  }

  @Override
  public long unixNanosOfStamp(long realtimeNanos) {
    return realtimeNanos;
  }

  @Override
  public long rawNanosOfStamp(long realtimeNanos) {
    return System.nanoTime();
  }

  @Override
  public long placedRawNanos(long realtimeNanos) {
    return UNPLACED;
  }
}
