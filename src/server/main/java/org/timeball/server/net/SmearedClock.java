package org.timeball.server.net;

import org.timeball.core.server.SmearedTime;
import org.timeball.platform.clock.PacketClock;

/**
 * The served clock as the clients of a listener are shown it that spreads leap seconds. Belongs to
 * the listener's thread; allocates nothing.
 */
final class SmearedClock implements PacketClock {
  private final PacketClock clock;
  private final SmearedTime smeared;

  SmearedClock(PacketClock clock, SmearedTime smeared) {
    this.clock = clock;
    this.smeared = smeared;
  }

  @Override
  public long nowUnixNanos() {
    return smeared.unixNanos(clock.nowUnixNanos(), clock.nowRawNanos());
  }

  @Override
  public long nowRawNanos() {
    return clock.nowRawNanos();
  }

  @Override
  public long unixNanosOfStamp(long realtimeNanos) {
    return smeared.unixNanos(
        clock.unixNanosOfStamp(realtimeNanos), clock.rawNanosOfStamp(realtimeNanos));
  }

  @Override
  public long rawNanosOfStamp(long realtimeNanos) {
    return clock.rawNanosOfStamp(realtimeNanos);
  }

  @Override
  public long placedRawNanos(long realtimeNanos) {
    return clock.placedRawNanos(realtimeNanos);
  }
}
