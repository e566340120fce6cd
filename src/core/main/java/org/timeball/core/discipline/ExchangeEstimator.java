package org.timeball.core.discipline;

import java.util.Optional;

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
  /** Until then too little is known to be surprised. */
  private static final int KNOWN = 8;

  /** Chosen: so many exchanges pass before a leg's least is looked for. */
  private static final int EDGES_AFTER = 24;

  /** Standard deviations. */
  private static final double GATE = 5;

  /** Intervals without an exchange after which the oscillator may be another than it was. */
  private static final double SILENCE = 8;

  /**
   * Standard deviations after a silence, in which an oscillator does more than it showed before.
   */
  private static final double GATE_AFTER_SILENCE = 20;

  /** From so many on, what was carried over a silence is doubted. */
  private static final double DOUBTED = 2;

  /** Seconds between two exchanges, to begin with, and over how many that is averaged. */
  private static final double FIRST_INTERVAL = 64;

  private static final double INTERVALS = 8;

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
  private final ExchangeFilters filters = new ExchangeFilters();
  private final LegEdges edges = new LegEdges();
  private final PathKnowledge path = new PathKnowledge();
  private int beyondGate;
  private int jumped;
  private long jumpedSinceRawNanos;
  private double firstJump;
  private double firstJumpDelay;
  private boolean phaseKnown;
  private long lastRawNanos;
  private final Rhythm rhythm = new Rhythm(FIRST_INTERVAL, SILENCE, INTERVALS);

  private long beginnings;
  private Optional<TakenExchange> lastTaken = Optional.empty();

  /** True time minus raw at phase 0. */
  private long originNanos;

  /**
   * Knows nothing.
   *
   * @param legsApart whether the delay of each exchange was measured, so that it tells how late
   *     each leg may have been
   */
  public ExchangeEstimator(boolean legsApart) {
    this.legsApart = legsApart;
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
    if (filters.count() == 0) {
      originNanos = ((t2UnixNanos - t1RawNanos) + (t3UnixNanos - t4RawNanos)) / 2;
    }
    double measured =
        ((t2UnixNanos - t1RawNanos - originNanos) + (t3UnixNanos - t4RawNanos - originNanos))
            * 0.5e-9;
    if (filters.count() == 0) {
      lastRawNanos = middle;
      path.add(delay);
      start(measured, delay);
      return Verdict.USED;
    }
    if (middle <= lastRawNanos) {
      return Verdict.OUTLIER;
    }
    double elapsed = (middle - lastRawNanos) * 1e-9;
    lastRawNanos = middle;
    filters.predict(elapsed, elapsed);
    if (!phaseKnown) {
      phaseKnown = true;
      reseed(measured, delay);
      return Verdict.RESEEDED;
    }
    boolean silent = rhythm.breaksSilence(middle);
    if (hasJumped(measured, delay, silent ? GATE_AFTER_SILENCE : GATE)) {
      return jump(middle, measured, delay);
    }
    if (silent) {
      doubt(measured, delay);
    }
    jumped = 0;
    path.add(delay);
    return take(measured, delay);
  }

  private void start(double measured, double delay) {
    rhythm.start(lastRawNanos);
    beginnings++;
    filters.start(measured, FIRST_NOISE * delay + SMALLEST_NOISE);
    edges.clear();
    phaseKnown = true;
  }

  /** The belief lies where the server's time cannot be. */
  private boolean hasJumped(double measured, double delay, double gate) {
    return filters.count() > 2
        && Math.abs(measured - filters.phase()) > delay / 2 + gate * phaseSigma();
  }

  private double phaseSigma() {
    return Math.sqrt(filters.phaseVariance(filters.phase(), filters.frequency(), 0));
  }

  /** What was carried over a silence is as uncertain as the first exchange after it shows. */
  private void doubt(double measured, double delay) {
    double surprise = (Math.abs(measured - filters.phase()) - delay / 2) / phaseSigma();
    if (surprise > DOUBTED) {
      filters.doubt(surprise * surprise);
    }
  }

  private Verdict jump(long rawNanos, double measured, double delay) {
    double residual = measured - filters.phase();
    if (jumped++ == 0) {
      jumpedSinceRawNanos = rawNanos;
      firstJump = residual;
    }
    boolean grows = Math.abs(residual - firstJump) > delay + firstJumpDelay;
    firstJumpDelay = jumped == 1 ? delay : firstJumpDelay;
    if (filters.count() < YOUNG || (grows && jumped > 1)) {
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
    rhythm.start(lastRawNanos);
    beginnings++;
    filters.reseedPhase(measured, delay * delay / 12);
  }

  private Verdict take(double measured, double delay) {
    PathExchange exchange = path.look(measured, delay);
    if (filters.count() > KNOWN && filters.surprise(exchange) > GATE && beyondGate < PERSISTENCE) {
      beyondGate++;
      return Verdict.OUTLIER;
    }
    beyondGate = 0;
    filters.take(exchange, legsApart, 1);
    if (filters.count() > KNOWN) {
      path.seen(exchange, filters.phase());
    }
    if (legsApart && filters.count() > EDGES_AFTER) {
      double phase = filters.middlePhase();
      double variance = filters.middlePhaseVariance();
      edges.add(measured + delay / 2 - phase, delay / 2 - measured + phase, variance);
      filters.correct(edges.correction());
    }
    rhythm.used(lastRawNanos);
    lastTaken = Optional.of(taken(exchange));
    originNanos += filters.takeWholeNanos();
    return Verdict.USED;
  }

  private TakenExchange taken(PathExchange exchange) {
    return new TakenExchange(
        filters.count(),
        lastRawNanos,
        originNanos,
        exchange.amongOthers(1 - filters.shareOfLegs(), filters.noiseVariance(exchange)),
        filters.noise(),
        filters.middlePhase() - filters.phase(),
        filters.legsPhase() - filters.phase());
  }

  /** Whether {@link #at} means anything yet. */
  public boolean isReady() {
    return phaseKnown && filters.count() >= READY_AFTER;
  }

  /**
   * The belief about true time at any moment, carried from the last exchange.
   *
   * @throws IllegalStateException before the first exchange
   */
  public TimeEstimate at(long rawNanos) {
    if (filters.count() == 0) {
      throw new IllegalStateException("no exchange yet: ask isReady() first");
    }
    return filters.at(rawNanos, originNanos, lastRawNanos);
  }

  /** The estimate as of the last exchange that was used. */
  public TimeEstimate latest() {
    return at(rhythm.usedRawNanos());
  }

  /** Whether exchanges are being refused because the source has jumped and it may not last. */
  public boolean isHoldingJump() {
    return jumped > 0;
  }

  /** The least delay of late in seconds; half of it is how wrong an asymmetric path could be. */
  public double leastDelay() {
    return path.leastDelay();
  }

  /** How many exchanges were used. */
  public long count() {
    return filters.count();
  }

  /**
   * True time itself was renumbered, as by a leap second.
   *
   * @param nanos added to true time
   */
  public void shift(long nanos) {
    originNanos += nanos;
    lastTaken = Optional.empty();
  }

  /** The raw scale stood still for an unknown time: the next exchange gives the phase anew. */
  public void forgetPhase() {
    phaseKnown = false;
    jumped = 0;
    beginnings++;
  }

  /** How often it has begun to learn the time from nothing: what it says may have jumped then. */
  long beginnings() {
    return beginnings;
  }

  /** The exchange that was used last, for filters that know other servers too. */
  Optional<TakenExchange> lastTaken() {
    return lastTaken;
  }
}
