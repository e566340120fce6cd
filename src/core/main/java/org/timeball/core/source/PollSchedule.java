package org.timeball.core.source;

/**
 * When to ask again. A start is hurried: it takes the burst below. Later the interval grows only
 * while the error that is predicted for its end stays small.
 */
final class PollSchedule {
  /**
   * Seconds between the first requests: twelve within 75 s, none closer than 2 s. The early ones
   * give the phase; the late ones the frequency, which needs a long baseline. Chosen by simulation;
   * see docs/discipline.md.
   */
  private static final int[] BURST = {2, 2, 2, 3, 4, 6, 8, 10, 12, 12, 14, 24, 32, 48};

  /** BCOUNT and BTIME (RFC 5905, section 7.2): requests of a later burst, seconds between them. */
  private static final int LATER_BURST = 8;

  private static final double LATER_PAUSE = 2;

  /** log2 seconds: chosen; a burst fills less than half of the interval. */
  private static final int SHORTEST_WITH_BURST = 5;

  /** Polls in a row that must ask for a longer interval before it grows. */
  private static final int PATIENCE = 2;

  private final int maximum;
  private int minimum;
  private int exponent;
  private int asked;
  private int wishesForMore;
  private boolean bursts;
  private final boolean hurried;
  private boolean bursting;

  /** Requests of the present burst that are still to come after the last one sent. */
  private int burstLeft;

  /** Without bursts later than at the start. */
  PollSchedule(int minimum, int maximum, boolean hurried) {
    this(minimum, maximum, hurried, false);
  }

  /**
   * @param hurried whether a start takes the burst
   * @param bursts whether each later interval takes one too
   */
  PollSchedule(int minimum, int maximum, boolean hurried, boolean bursts) {
    this.bursts = bursts;
    this.minimum = minimum;
    this.maximum = maximum;
    this.exponent = minimum;
    this.hurried = hurried;
    startAnew();
  }

  /** log2 of the interval in seconds, past the start. */
  int exponent() {
    return exponent;
  }

  /** Seconds until the next request, the last one having just been sent. */
  double interval() {
    double steady = Math.scalb(1.0, exponent);
    if (isStarting()) {
      return asked > 0 ? Math.min(steady, BURST[asked - 1]) : steady;
    }
    return burstLeft > 0 ? LATER_PAUSE : steady - (bursting ? (LATER_BURST - 1) * LATER_PAUSE : 0);
  }

  private boolean isStarting() {
    return asked <= BURST.length;
  }

  /**
   * A request was sent.
   *
   * @param reached whether the server answered one of the requests before; one that does not gets
   *     no bursts (RFC 5905, section 13)
   */
  void asked(boolean reached) {
    asked++;
    if (isStarting()) {
      return;
    }
    if (burstLeft > 0) {
      burstLeft--;
    } else {
      bursting = bursts && reached && exponent >= SHORTEST_WITH_BURST;
      burstLeft = bursting ? LATER_BURST - 1 : 0;
    }
  }

  /** Begins like a schedule that is new. */
  void startAnew() {
    asked = hurried ? 0 : BURST.length;
    burstLeft = 0;
    bursting = false;
  }

  /**
   * Adapts the interval after an exchange.
   *
   * @param predicted seconds of error to be expected at the end of an interval twice as long
   * @param predictedNow the same at the end of the present interval
   * @param allowed seconds that may be
   */
  void adapt(double predicted, double predictedNow, double allowed) {
    if (isStarting() || burstLeft > 0) {
      return;
    }
    if (predictedNow > allowed && exponent > minimum) {
      exponent--;
      wishesForMore = 0;
    } else if (predicted < allowed) {
      if (++wishesForMore >= PATIENCE && exponent < maximum) {
        exponent++;
        wishesForMore = 0;
      }
    } else {
      wishesForMore = 0;
    }
  }

  /**
   * The server asks for less (RFC 5905, section 7.4, code RATE): at once, and for good.
   *
   * @param pollExponent what the server wants at least
   */
  void slowDownTo(int pollExponent) {
    asked = BURST.length + 1;
    bursts = false;
    bursting = false;
    burstLeft = 0;
    exponent =
        Math.clamp(Math.max(exponent + 1, pollExponent), minimum, AssociationSettings.LONGEST_POLL);
    minimum = Math.clamp(pollExponent, minimum, AssociationSettings.LONGEST_POLL);
    wishesForMore = -16;
  }
}
