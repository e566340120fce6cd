package org.timeball.core.discipline;

/**
 * True time from exchanges with a server: request out, reply back, four stamps. Belongs to one
 * thread.
 *
 * <p>No law of delays is assumed. Two families of filters run side by side: {@link WanderBank},
 * which trusts an exchange less the longer it took, and {@link LegBank}, which knows that each leg
 * can only be late. The first takes both legs to be alike, which {@link LegEdges} mends. Which of
 * them foretells the measurements better decides how much each has to say; see docs/adr on the
 * estimator for what each is good at.
 *
 * <p>The server's time can only lie within half the delay of what the exchange measured. A belief
 * outside of that means that the server or the clock has jumped; the jump is followed once it has
 * lasted {@link #JUMP_SECONDS}, since a single source cannot be told from a broken one before.
 */
public final class ExchangeEstimator {
  private static final double WINDOW = 200;
  private static final int DELAYS = 400;
  private static final int RESIDUALS = 200;

  /** Until then the delays are too few to know the least of them. */
  private static final int DELAYS_KNOWN = 8;

  /** Chosen: the family of legs starts from the other's belief after so many exchanges. */
  private static final int LEGS_AFTER = 16;

  /** Chosen: so many exchanges pass before the evidence between the families counts. */
  private static final int EVIDENCE_AFTER = 24;

  /** Chosen: so many exchanges pass before a leg's least is looked for. */
  private static final int EDGES_AFTER = 24;

  /** Evidence between the families: cap of one exchange, cap of the sum, in nepers; its memory. */
  private static final double SURPRISE_CAP = 3;

  private static final double EVIDENCE_CAP = 8;
  private static final double EVIDENCE_WINDOW = 150;

  /** Standard deviations. */
  private static final double GATE = 5;

  /** So many measurements in a row beyond the gate are believed after all. */
  private static final int PERSISTENCE = 6;

  /**
   * A jump is followed when it has lasted so long (ntpd's stepout threshold; RFC 5905, section 12).
   */
  private static final double JUMP_SECONDS = 300;

  private static final int JUMP_EXCHANGES = 4;

  /** Chosen: an estimate from fewer exchanges is not defended against what contradicts it. */
  private static final int YOUNG = 8;

  /** Chosen: one leg's share of the delay that may be noise, before it is known. */
  private static final double FIRST_NOISE = 0.25;

  private static final double SMALLEST_NOISE = 1e-7;

  private static final int READY_AFTER = 2;

  private final boolean legsApart;
  private final WanderBank bank;
  private final LegBank legs = new LegBank();
  private final LegEdges edges = new LegEdges();
  private final DelayHistory delays = new DelayHistory(DELAYS);
  private final DelayHistory outboundSeen = new DelayHistory(RESIDUALS);
  private final DelayHistory inboundSeen = new DelayHistory(RESIDUALS);
  private double evidenceForLegs;
  private int beyondGate;
  private int jumped;
  private long jumpedSinceRawNanos;
  private double firstJump;
  private double firstJumpDelay;
  private boolean phaseKnown;
  private long lastRawNanos;

  /** True time minus raw at phase 0. */
  private long originNanos;

  private double outboundScale;
  private double inboundScale;
  private double longScale;

  /**
   * Knows nothing.
   *
   * @param legsApart whether the delay of each exchange was measured, so that it tells how late
   *     each leg may have been
   */
  public ExchangeEstimator(boolean legsApart) {
    this.legsApart = legsApart;
    double[] ratios = new double[27];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Math.pow(10, -15 + i / 2.0);
    }
    this.bank = new WanderBank(ratios, new double[] {0, 3, 30, 300}, 1e-5, WINDOW);
  }

  /**
   * Takes one exchange; the names are those of RFC 5905, section 8.
   *
   * @param t1RawNanos when the request left, raw scale
   * @param t2UnixNanos when it reached the server, by the server's clock
   * @param t3UnixNanos when the reply left the server, by the server's clock
   * @param t4RawNanos when the reply arrived, raw scale
   */
  public Verdict update(long t1RawNanos, long t2UnixNanos, long t3UnixNanos, long t4RawNanos) {
    long middle = t1RawNanos + (t4RawNanos - t1RawNanos) / 2;
    double delay = ((t4RawNanos - t1RawNanos) - (t3UnixNanos - t2UnixNanos)) * 1e-9;
    if (bank.count() == 0) {
      originNanos = ((t2UnixNanos - t1RawNanos) + (t3UnixNanos - t4RawNanos)) / 2;
    }
    double measured =
        ((t2UnixNanos - t1RawNanos - originNanos) + (t3UnixNanos - t4RawNanos - originNanos))
            * 0.5e-9;
    if (bank.count() == 0) {
      lastRawNanos = middle;
      delays.add(delay);
      start(measured, delay);
      return Verdict.USED;
    }
    if (middle <= lastRawNanos) {
      return Verdict.OUTLIER;
    }
    double elapsed = (middle - lastRawNanos) * 1e-9;
    lastRawNanos = middle;
    bank.predict(elapsed);
    if (legs.isRunning()) {
      legs.predict(elapsed);
    }
    if (!phaseKnown) {
      phaseKnown = true;
      reseed(measured, delay);
      return Verdict.RESEEDED;
    }
    if (hasJumped(measured, delay)) {
      return jump(middle, measured, delay);
    }
    jumped = 0;
    delays.add(delay);
    return take(measured, delay);
  }

  private void start(double measured, double delay) {
    bank.start(measured, FIRST_NOISE * delay + SMALLEST_NOISE);
    legs.stop();
    edges.clear();
    evidenceForLegs = 0;
    phaseKnown = true;
  }

  /** The belief lies where the server's time cannot be. */
  private boolean hasJumped(double measured, double delay) {
    double phase = phase();
    double sigma = Math.sqrt(phaseVariance(phase, frequency(), 0));
    return bank.count() > 2 && Math.abs(measured - phase) > delay / 2 + GATE * sigma;
  }

  private Verdict jump(long rawNanos, double measured, double delay) {
    double residual = measured - phase();
    if (jumped++ == 0) {
      jumpedSinceRawNanos = rawNanos;
      firstJump = residual;
    }
    boolean grows = Math.abs(residual - firstJump) > delay + firstJumpDelay;
    firstJumpDelay = jumped == 1 ? delay : firstJumpDelay;
    if (bank.count() < YOUNG || (grows && jumped > 1)) {
      // Not a jump: the frequency is wrong, and nothing that was learned from it is worth keeping.
      jumped = 0;
      start(measured, delay);
      return Verdict.RESEEDED;
    }
    boolean lasted =
        jumped >= JUMP_EXCHANGES && (rawNanos - jumpedSinceRawNanos) * 1e-9 >= JUMP_SECONDS;
    if (!lasted) {
      return Verdict.OUTLIER;
    }
    jumped = 0;
    reseed(measured, delay);
    return Verdict.RESEEDED;
  }

  private void reseed(double measured, double delay) {
    bank.reseedPhase(measured, 0);
    double v = delay * delay / 12;
    if (legs.isRunning()) {
      legs.reseedPhase(measured, v);
    }
  }

  private Verdict take(double measured, double delay) {
    double excess = delay - delays.least();
    double excessSquare = 1;
    if (delays.size() > DELAYS_KNOWN) {
      double unit = meanExcessSquare();
      excessSquare = excess * excess / unit;
    }
    if (bank.count() > DELAYS_KNOWN
        && bank.surprise(measured, excessSquare) > GATE
        && beyondGate < PERSISTENCE) {
      beyondGate++;
      return Verdict.OUTLIER;
    }
    beyondGate = 0;
    double bankLog = bank.logDensity(measured, excessSquare);
    bank.update(measured, excessSquare);
    scales();
    if (legs.isRunning()) {
      double legsLog =
          legs.look(
              measured,
              excess,
              delays.quantile(0.5) - delays.least(),
              outboundScale,
              inboundScale,
              longScale);
      legs.take();
      if (bank.count() > EVIDENCE_AFTER) {
        double more = Math.clamp(legsLog - bankLog, -SURPRISE_CAP, SURPRISE_CAP);
        evidenceForLegs =
            Math.clamp(
                evidenceForLegs * (1 - 1 / EVIDENCE_WINDOW) + more, -EVIDENCE_CAP, EVIDENCE_CAP);
      }
    } else if (legsApart && bank.count() >= LEGS_AFTER) {
      startLegs();
    }
    if (bank.count() > DELAYS_KNOWN) {
      double phase = phase();
      outboundSeen.add(Math.max(0, measured + excess / 2 - phase));
      inboundSeen.add(Math.max(0, excess / 2 - measured + phase));
    }
    if (bank.count() > EDGES_AFTER) {
      double phase = bank.meanPhase();
      double variance = bank.phaseVariance(phase, bank.meanFrequency(), 0);
      if (legsApart) {
        edges.add(measured + delay / 2 - phase, delay / 2 - measured + phase, variance);
      }
    }
    rebase();
    return Verdict.USED;
  }

  private void startLegs() {
    double phase = bank.meanPhase();
    double frequency = bank.meanFrequency();
    double v00 = 9 * bank.phaseVariance(phase, frequency, 0) + 0.3 * bank.noise() * bank.noise();
    double v11 = 9 * bank.frequencyVariance(frequency) + 1e-18;
    legs.start(phase, frequency, v00, 0, v11);
  }

  /** Mean square of the delays above the least, robust against a few that are very long. */
  private double meanExcessSquare() {
    double least = delays.least();
    double median = delays.quantile(0.5) - least;
    return delays.meanSquareAbove(least, 6 * median + 1e-9) + 1e-18;
  }

  private void scales() {
    double least = delays.least();
    double together = Math.max((delays.quantile(0.3) - least) / 1.1, 1e-8);
    outboundScale = legScale(outboundSeen, together);
    inboundScale = legScale(inboundSeen, together);
    longScale = Math.max(8 * Math.max(outboundScale, inboundScale), delays.mean() - least);
  }

  private static double legScale(DelayHistory seen, double together) {
    if (seen.size() < 20) {
      return together;
    }
    // 0.4 of an exponential's values lie below 0.51 of its mean.
    return Math.clamp(seen.quantile(0.4) / 0.51, together * 0.2, together * 4);
  }

  /** Keeps the numbers small, so that nanoseconds stay exact over years. */
  private void rebase() {
    double phase = bank.meanPhase();
    if (Math.abs(phase) > 1e-3) {
      long nanos = Math.round(phase * 1e9);
      originNanos += nanos;
      bank.shift(-nanos * 1e-9);
      legs.shift(-nanos * 1e-9);
    }
  }

  /** How much the family of legs has to say, 0 to 1. */
  double shareOfLegs() {
    if (!legs.isRunning() || bank.count() <= EVIDENCE_AFTER) {
      return 0;
    }
    return 1 / (1 + Math.exp(-evidenceForLegs));
  }

  private double phase() {
    double share = shareOfLegs();
    double own = bank.meanPhase() + edges.correction();
    return share == 0 ? own : share * legs.meanPhase() + (1 - share) * own;
  }

  private double frequency() {
    double share = shareOfLegs();
    return share == 0
        ? bank.meanFrequency()
        : share * legs.meanFrequency() + (1 - share) * bank.meanFrequency();
  }

  private double phaseVariance(double phase, double frequency, double seconds) {
    double share = shareOfLegs();
    double own = bank.phaseVariance(phase - edges.correction(), frequency, seconds);
    return share == 0
        ? own
        : share * legs.phaseVariance(phase, frequency, seconds) + (1 - share) * own;
  }

  private double frequencyVariance(double frequency) {
    double share = shareOfLegs();
    double own = bank.frequencyVariance(frequency);
    return share == 0 ? own : share * legs.frequencyVariance(frequency) + (1 - share) * own;
  }

  private double wander() {
    double share = shareOfLegs();
    double own = bank.wander() * bank.wander();
    return Math.sqrt(share == 0 ? own : share * legs.wanderVariance() + (1 - share) * own);
  }

  /** Whether {@link #at} means anything yet. */
  public boolean isReady() {
    return phaseKnown && bank.count() >= READY_AFTER;
  }

  /**
   * The belief about true time at any moment, carried from the last exchange.
   *
   * @throws IllegalStateException before the first exchange
   */
  public TimeEstimate at(long rawNanos) {
    if (bank.count() == 0) {
      throw new IllegalStateException("no exchange yet: ask isReady() first");
    }
    double seconds = (rawNanos - lastRawNanos) * 1e-9;
    double phase = phase();
    double frequency = frequency();
    double ahead = phase + seconds * frequency;
    double wander = wander();
    double frequencyVariance = frequencyVariance(frequency) + wander * wander * Math.abs(seconds);
    return new TimeEstimate(
        rawNanos,
        rawNanos + originNanos + Math.round(ahead * 1e9),
        frequency,
        Math.sqrt(phaseVariance(phase, frequency, seconds)),
        Math.sqrt(frequencyVariance),
        wander);
  }

  /** The estimate as of the last exchange. */
  public TimeEstimate latest() {
    return at(lastRawNanos);
  }

  /** Whether exchanges are being refused because the source has jumped and it may not last. */
  public boolean isHoldingJump() {
    return jumped > 0;
  }

  /** The least delay of late in seconds; half of it is how wrong an asymmetric path could be. */
  public double leastDelay() {
    return delays.least();
  }

  /** How many exchanges were used. */
  public long count() {
    return bank.count();
  }

  /**
   * True time itself was renumbered, as by a leap second.
   *
   * @param nanos added to true time
   */
  public void shift(long nanos) {
    originNanos += nanos;
  }

  /** The raw scale stood still for an unknown time: the next exchange gives the phase anew. */
  public void forgetPhase() {
    phaseKnown = false;
    jumped = 0;
  }
}
