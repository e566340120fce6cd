package org.timeball.platform.clock;

/**
 * The machine's clocks with a raw scale that is wrong on purpose, as if its crystal were: what a
 * demonstration needs on a machine whose own crystal is good.
 */
final class DriftingSource implements ClockSource {
  private final ClockSource source;
  private final double frequencyError;
  private final long startNanos;

  /**
   * @param frequencyError dimensionless; 40e-6 makes the raw scale 40 ppm fast
   */
  DriftingSource(ClockSource source, double frequencyError) {
    this.source = source;
    this.frequencyError = frequencyError;
    startNanos = source.rawNanos();
  }

  @Override
  public long rawNanos() {
    long nanos = source.rawNanos();
    return nanos + (long) Math.floor((nanos - startNanos) * frequencyError);
  }

  @Override
  public long realtimeNanos() {
    return source.realtimeNanos();
  }
}
