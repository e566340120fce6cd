package org.timeball.core.discipline;

/**
 * True time from a train of instants that each say "at this raw moment it was that second": pulses,
 * or sentences where there is no pulse. Belongs to one thread.
 *
 * <p>Every measurement is used; none is averaged away. One that lies further out than {@link #GATE}
 * standard deviations is left out. When {@link #PERSISTENCE} in a row were left out and agree among
 * themselves, the source has moved for good: its phase is taken anew and the frequency is kept.
 * When they do not agree, the source has become noisier and is believed less.
 */
public final class PulseEstimator {
  /** Standard deviations. With Gaussian noise one good pulse in two million is lost. */
  private static final double GATE = 5;

  /** Chosen: a burst of bad pulses this long is not followed. */
  private static final int PERSISTENCE = 10;

  /** The same after a silence, in which an oscillator does more than it showed before. */
  private static final double GATE_AFTER_SILENCE = 20;

  /** Seconds: what is farther off may belong to another second. */
  private static final double WITHIN_SECOND = 0.25;

  /** The gate has no meaning before the noise is known a little. */
  private static final int GATE_AFTER = 8;

  /** Chosen: with this many the frequency is known to about the noise over the time seen. */
  private static final int READY_AFTER = 4;

  /** Measurements of evidence that are remembered: with one a second a quarter of an hour. */
  private static final double WINDOW = 1000;

  /** Intervals without a measurement after which the oscillator may be another than it was. */
  private static final double SILENCE = 30;

  /** Over how many the interval is averaged. */
  private static final double INTERVALS = 16;

  private final WanderBank bank;
  private final RobustStart start = new RobustStart();
  private final double[] leftOut = new double[PERSISTENCE];
  private int leftOutCount;
  private final Rhythm rhythm = new Rhythm(1, SILENCE, INTERVALS);
  private boolean phaseKnown;
  private long startRawNanos;
  private long startOriginNanos;
  private long lastRawNanos;

  /** True time minus raw at phase 0 of the bank. */
  private long originNanos;

  /**
   * @param expectedNoise standard deviation of one instant in seconds, as a first guess: 1e-6 for
   *     pulses, 1e-2 for sentences
   */
  public PulseEstimator(double expectedNoise) {
    double[] ratios = new double[27];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Math.pow(10, -12 + i / 2.0);
    }
    this.bank = new WanderBank(ratios, new double[] {0}, expectedNoise, WINDOW);
  }

  /**
   * Takes one measurement.
   *
   * @param rawNanos when it happened on the raw scale; later than the last one, or it is an outlier
   * @param unixNanos true time at that moment as the source says
   */
  public Verdict update(long rawNanos, long unixNanos) {
    if (bank.count() == 0) {
      originNanos = unixNanos - rawNanos;
      lastRawNanos = rawNanos;
      rhythm.start(rawNanos);
      bank.start(0);
      start.add(0, 0);
      startRawNanos = rawNanos;
      startOriginNanos = originNanos;
      phaseKnown = true;
      return Verdict.USED;
    }
    long elapsed = rawNanos - lastRawNanos;
    if (elapsed <= 0) {
      return Verdict.OUTLIER;
    }
    bank.predict(elapsed * 1e-9);
    lastRawNanos = rawNanos;
    double measured = (unixNanos - rawNanos - originNanos) * 1e-9;
    if (!phaseKnown) {
      phaseKnown = true;
      rhythm.start(rawNanos);
      bank.reseedPhase(measured, 0);
      return Verdict.RESEEDED;
    }
    if (bank.count() > GATE_AFTER) {
      double surprise = bank.surprise(measured, 0, 1);
      boolean silent =
          rhythm.breaksSilence(rawNanos) && Math.abs(measured - bank.meanPhase()) < WITHIN_SECOND;
      if (surprise > (silent ? GATE_AFTER_SILENCE : GATE)) {
        return outlier(measured);
      }
      if (surprise > 1 && silent) {
        bank.doubt(surprise * surprise);
      }
    }
    rhythm.used(rawNanos);
    leftOutCount = 0;
    bank.update(measured, 0, 1);
    if (!start.isFull()) {
      begin(rawNanos, unixNanos);
    }
    rebase();
    return Verdict.USED;
  }

  /** The first measurements pass no gate; once there are enough, the bad ones among them show. */
  private void begin(long rawNanos, long unixNanos) {
    start.add((rawNanos - startRawNanos) * 1e-9, (unixNanos - rawNanos - startOriginNanos) * 1e-9);
    if (start.isFull() && start.findOutliers()) {
      start.replay(bank);
      bank.shift((startOriginNanos - originNanos) * 1e-9);
      bank.predict((rawNanos - startRawNanos) * 1e-9 - start.lastGoodSeconds());
    }
  }

  private Verdict outlier(double measured) {
    leftOut[leftOutCount++] = measured - bank.meanPhase();
    if (leftOutCount < PERSISTENCE) {
      return Verdict.OUTLIER;
    }
    leftOutCount = 0;
    double mean = 0;
    for (double innovation : leftOut) {
      mean += innovation / PERSISTENCE;
    }
    double variance = 0;
    for (double innovation : leftOut) {
      variance += (innovation - mean) * (innovation - mean) / (PERSISTENCE - 1);
    }
    bank.reseedPhase(bank.meanPhase() + mean, variance);
    rhythm.start(lastRawNanos);
    start.close();
    return Verdict.RESEEDED;
  }

  /** Keeps the bank's numbers small, so that nanoseconds stay exact over years. */
  private void rebase() {
    double phase = bank.meanPhase();
    if (Math.abs(phase) > 1e-3) {
      long nanos = Math.round(phase * 1e9);
      originNanos += nanos;
      bank.shift(-nanos * 1e-9);
    }
  }

  /** Whether {@link #at} means anything yet. */
  public boolean isReady() {
    return phaseKnown && bank.count() >= READY_AFTER;
  }

  /**
   * The belief about true time at any moment, carried from the last measurement.
   *
   * @throws IllegalStateException before the first measurement
   */
  public TimeEstimate at(long rawNanos) {
    if (bank.count() == 0) {
      throw new IllegalStateException("no measurement yet: ask isReady() first");
    }
    double seconds = (rawNanos - lastRawNanos) * 1e-9;
    double phase = bank.meanPhase();
    double frequency = bank.meanFrequency();
    double ahead = phase + seconds * frequency;
    double wander = bank.wander();
    double frequencyVariance =
        bank.frequencyVariance(frequency) + wander * wander * Math.abs(seconds);
    return new TimeEstimate(
        rawNanos,
        rawNanos + originNanos + Math.round(ahead * 1e9),
        frequency,
        Math.sqrt(bank.phaseVariance(phase, frequency, seconds)),
        Math.sqrt(frequencyVariance),
        wander);
  }

  /** The estimate as of the last measurement that was used. */
  public TimeEstimate latest() {
    return at(rhythm.usedRawNanos());
  }

  /** Standard deviation of one measurement in seconds, as learned. */
  public double noise() {
    return bank.noise();
  }

  /** How many measurements were used. */
  public long count() {
    return bank.count();
  }

  /**
   * True time itself was renumbered: a leap second, or a second that had been numbered wrong.
   *
   * @param nanos added to true time
   */
  public void shift(long nanos) {
    originNanos += nanos;
    startOriginNanos += nanos;
  }

  /**
   * The raw scale stood still for an unknown time, as in a suspend: the next measurement gives the
   * phase anew, the frequency is kept.
   */
  public void forgetPhase() {
    phaseKnown = false;
    leftOutCount = 0;
    start.close();
  }
}
