package org.timeball.server.net;

import org.timeball.platform.clock.PacketClock;

/** Shows a tick more whenever it is read. Belongs to one thread. */
final class TickingClock implements PacketClock {
  static final long START_UNIX_NANOS = 1_800_000_000_000_000_000L;
  static final long TICK_NANOS = 1_000_000L;

  private long nanos = START_UNIX_NANOS;

  private long tick() {
    return nanos += TICK_NANOS;
  }

  @Override
  public long nowUnixNanos() {
    return tick();
  }

  @Override
  public long nowRawNanos() {
    return tick();
  }

  @Override
  public long unixNanosOfStamp(long realtimeNanos) {
    return tick();
  }

  @Override
  public long rawNanosOfStamp(long realtimeNanos) {
    return tick();
  }

  @Override
  public long placedRawNanos(long realtimeNanos) {
    return UNPLACED;
  }
}
