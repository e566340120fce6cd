package org.timeball.core.control;

/**
 * How a single light shows the state of the server: the better, the steadier.
 *
 * <p>One round is {@link #litMillis} of light and then {@link #darkMillis} without.
 */
public enum LightPattern {
  /** Synchronised. */
  STEADY(1_000, 0),
  /** In hold-over: good still, but somebody should look at the antenna. */
  WINKING(1_800, 200),
  /** Not synchronised yet, or not any more until it has been verified. */
  SLOW(500, 500),
  /** Lost, or the program does not answer. */
  FAST(125, 125);

  private final int litMillis;
  private final int darkMillis;

  LightPattern(int litMillis, int darkMillis) {
    this.litMillis = litMillis;
    this.darkMillis = darkMillis;
  }

  /** The pattern of a state. */
  public static LightPattern of(StatusReport.State state) {
    return switch (state) {
      case SYNCHRONISED -> STEADY;
      case HOLDOVER -> WINKING;
      case STARTING, CORRECTING, VERIFYING -> SLOW;
      case LOST -> FAST;
    };
  }

  /** Milliseconds of light in a round. */
  public int litMillis() {
    return litMillis;
  }

  /** Milliseconds of darkness after them; 0 for none. */
  public int darkMillis() {
    return darkMillis;
  }
}
