package org.timeball.core.discipline;

/**
 * Phase and frequency of one oscillator as exchanges tell them: two families of filters side by
 * side, and how much each has to say. Belongs to one thread.
 *
 * <p>{@link WanderBank} trusts an exchange less the longer it took; {@link LegBank} knows that each
 * leg can only be late. Which of them foretells the measurements better decides how much each has
 * to say. What is known of the path that an exchange came by is handed in with it, so the exchanges
 * of several servers can be mixed.
 */
final class ExchangeFilters {
  /** Measurements of evidence that are remembered between the filters of the first family. */
  private static final double WINDOW = 200;

  /** Standard deviation of a measurement in seconds, before anything is known. */
  private static final double EXPECTED_NOISE = 1e-5;

  /** How much more a measurement may err that was delayed; see {@link WanderBank}. */
  private static final double[] DELAY_WEIGHTS = {0, 3, 30, 300};

  /** Chosen: the family of legs starts from the other's belief after so many exchanges. */
  private static final int LEGS_AFTER = 16;

  /** Chosen: so many exchanges pass before the evidence between the families counts. */
  private static final int EVIDENCE_AFTER = 24;

  /** Evidence between the families: cap of one exchange, cap of the sum, in nepers; its memory. */
  private static final double SURPRISE_CAP = 3;

  private static final double EVIDENCE_CAP = 8;
  private static final double EVIDENCE_WINDOW = 150;

  /** Seconds; smaller than that, a phase is exact enough. */
  private static final double LARGEST_PHASE = 1e-3;

  private final WanderBank bank;
  private final LegBank legs = new LegBank();
  private double evidenceForLegs;

  /** Seconds that the first family's phase is off, as {@link LegEdges} found. */
  private double correction;

  ExchangeFilters() {
    double[] ratios = new double[27];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Math.pow(10, -15 + i / 2.0);
    }
    this.bank = new WanderBank(ratios, DELAY_WEIGHTS, EXPECTED_NOISE, WINDOW);
  }

  /** Forgets everything and begins with a phase and an idea of a measurement's noise, seconds. */
  void start(double phase, double noise) {
    bank.start(phase, noise);
    legs.stop();
    evidenceForLegs = 0;
    correction = 0;
  }

  /** How many exchanges were used. */
  long count() {
    return bank.count();
  }

  /**
   * Carries every filter {@code seconds} forward.
   *
   * @param wandering seconds of these in which the frequency wanders anew
   */
  void predict(double seconds, double wandering) {
    bank.predict(seconds, wandering);
    if (legs.isRunning()) {
      legs.predict(seconds, wandering);
    }
  }

  /** Standard deviations by which the first family is surprised by an exchange. */
  double surprise(PathExchange exchange) {
    return bank.surprise(exchange.middlePhase(), exchange.excessSquare(), exchange.noiseRatio());
  }

  /**
   * Believes an exchange.
   *
   * @param legsApart whether its delay was measured, so that it tells how late each leg may have
   *     been
   * @param share the part of all exchanges that come by the same path
   */
  void take(PathExchange exchange, boolean legsApart, double share) {
    double bankLog =
        bank.logDensity(exchange.middlePhase(), exchange.excessSquare(), exchange.noiseRatio());
    bank.update(exchange.middlePhase(), exchange.excessSquare(), exchange.noiseRatio());
    if (legs.isRunning()) {
      double legsLog = legs.look(exchange);
      legs.take(share);
      if (bank.count() > EVIDENCE_AFTER) {
        double more = Math.clamp(legsLog - bankLog, -SURPRISE_CAP, SURPRISE_CAP);
        evidenceForLegs =
            Math.clamp(
                evidenceForLegs * (1 - 1 / EVIDENCE_WINDOW) + more, -EVIDENCE_CAP, EVIDENCE_CAP);
      }
    } else if (legsApart && bank.count() >= LEGS_AFTER) {
      startLegs();
    }
  }

  private void startLegs() {
    double phase = bank.meanPhase();
    double frequency = bank.meanFrequency();
    double v00 = 9 * bank.phaseVariance(phase, frequency, 0) + 0.3 * bank.noise() * bank.noise();
    double v11 = 9 * bank.frequencyVariance(frequency) + 1e-18;
    legs.start(phase, frequency, v00, 0, v11);
  }

  /** All that is believed is more uncertain than was thought, by a factor of the variances. */
  void doubt(double factor) {
    bank.doubt(factor);
    if (legs.isRunning()) {
      legs.doubt(factor);
    }
  }

  /** Puts the phase here, keeping every frequency; variance in seconds² for the second family. */
  void reseedPhase(double phase, double legsVariance) {
    bank.reseedPhase(phase, 0);
    if (legs.isRunning()) {
      legs.reseedPhase(phase, legsVariance);
    }
  }

  /**
   * Keeps the numbers small, so that nanoseconds stay exact over years.
   *
   * @return nanoseconds by which the phase has become smaller
   */
  long takeWholeNanos() {
    double phase = bank.meanPhase();
    if (Math.abs(phase) <= LARGEST_PHASE) {
      return 0;
    }
    long nanos = Math.round(phase * 1e9);
    bank.shift(-nanos * 1e-9);
    legs.shift(-nanos * 1e-9);
    return nanos;
  }

  /** The first family's phase is off by that many seconds. */
  void correct(double seconds) {
    correction = seconds;
  }

  /** The phase of the family that takes the middles of both legs to be alike, in seconds. */
  double middlePhase() {
    return bank.meanPhase();
  }

  /** Variance of {@link #middlePhase}, seconds². */
  double middlePhaseVariance() {
    return bank.phaseVariance(bank.meanPhase(), bank.meanFrequency(), 0);
  }

  /** Standard deviation of a measurement in seconds, as the first family sees it. */
  double noise() {
    return bank.noise();
  }

  /** Variance of an exchange as the first family sees it, in seconds². */
  double noiseVariance(PathExchange exchange) {
    return bank.noiseVariance(exchange.excessSquare());
  }

  /** How much the family of legs has to say, 0 to 1. */
  double shareOfLegs() {
    if (!legs.isRunning() || bank.count() <= EVIDENCE_AFTER) {
      return 0;
    }
    return 1 / (1 + Math.exp(-evidenceForLegs));
  }

  /** The phase of the family that looks at each leg; of the other one until it has begun. */
  double legsPhase() {
    return legs.isRunning() ? legs.meanPhase() : bank.meanPhase();
  }

  double phase() {
    double share = shareOfLegs();
    double own = bank.meanPhase() + correction;
    return share == 0 ? own : share * legs.meanPhase() + (1 - share) * own;
  }

  double frequency() {
    double share = shareOfLegs();
    return share == 0
        ? bank.meanFrequency()
        : share * legs.meanFrequency() + (1 - share) * bank.meanFrequency();
  }

  /** Variance of the phase {@code seconds} from now, in seconds². */
  double phaseVariance(double phase, double frequency, double seconds) {
    double share = shareOfLegs();
    double own = bank.phaseVariance(phase - correction, frequency, seconds);
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

  /**
   * The belief at a moment.
   *
   * @param originNanos true time minus raw at phase 0
   * @param filtersRawNanos the moment to which the filters were carried
   */
  TimeEstimate at(long rawNanos, long originNanos, long filtersRawNanos) {
    double seconds = (rawNanos - filtersRawNanos) * 1e-9;
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
}
