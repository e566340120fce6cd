package org.timeball.core.discipline;

import java.util.Optional;

/**
 * One server among those of a {@link JointEstimator}: which of its exchanges were taken, and how
 * far its own time is from that of all. Belongs to one thread.
 *
 * <p>Servers whose paths' legs differ in length show times that differ for good, and so do the two
 * families of filters where one leg is noisier than the other: each has an offset of its own.
 */
final class JointPath {
  /**
   * Chosen: averaging times of the server's own estimate that are remembered. A change of route is
   * forgotten after so many, unless it is so large that it is seen at once.
   */
  private static final double MEMORY = 50;

  /** Standard deviations by which a server may differ from what is known of it. */
  private static final double CONTRADICTION = 5;

  /** Chosen: averaging times for which a doubt is remembered. */
  private static final double LATE = 5;

  private final ExchangeEstimator server;
  private final long beginnings;
  private final LastingOffset own = new LastingOffset(MEMORY);
  private final LastingOffset even = new LastingOffset(MEMORY);
  private final LastingOffset legs = new LastingOffset(MEMORY);
  private long taken;
  private long comparedRawNanos;

  /** Seconds over which the server's own estimate averages. */
  private double averaging;

  private double absentSeconds;
  private boolean doubted;
  private long doubtedRawNanos;

  JointPath(ExchangeEstimator server) {
    this.server = server;
    beginnings = server.beginnings();
    taken = server.count();
  }

  /** This path, or another of which nothing is known if the server's own estimate began anew. */
  JointPath present(long rawNanos) {
    if (server.beginnings() == beginnings) {
      return this;
    }
    JointPath anew = new JointPath(server);
    anew.averaging = averaging;
    anew.doubt(rawNanos);
    return anew;
  }

  /** The exchange that came since the last call, if one did. */
  Optional<TakenExchange> next() {
    Optional<TakenExchange> next = server.lastTaken().filter(t -> t.number() != taken);
    next.ifPresent(t -> taken = t.number());
    return next;
  }

  /** By how much the server is ahead of all for good where its legs are taken to be alike. */
  LastingOffset even() {
    return even;
  }

  /** The same where each of its legs is looked at. */
  LastingOffset legs() {
    return legs;
  }

  /**
   * Whether the server's own estimate and the joint one have come apart since they were compared.
   *
   * @param apart seconds by which its own is ahead
   */
  boolean contradicts(double apart, TimeEstimate estimate, TimeEstimate joint) {
    double sigma = Math.hypot(estimate.phaseSigma(), joint.phaseSigma());
    return own.isKnown()
        && (Math.abs(apart - own.mean()) > CONTRADICTION * sigma
            || !Combination.isSameRate(estimate, joint));
  }

  /** What was known of the difference does not hold any more. */
  void doubt(long rawNanos) {
    own.forget();
    even.forget();
    legs.forget();
    doubted = true;
    doubtedRawNanos = rawNanos;
  }

  /** Whether it was doubted of late. */
  boolean isDoubted(long rawNanos) {
    return doubted && (rawNanos - doubtedRawNanos) * 1e-9 < LATE * averaging;
  }

  /**
   * The server's own estimate was compared with the joint one.
   *
   * @param apart seconds by which its own is ahead
   */
  void compare(double apart, TakenExchange exchange, TimeEstimate estimate, long rawNanos) {
    double passed = averaging > 0 ? (rawNanos - comparedRawNanos) * 1e-9 / averaging : 0;
    double variance = estimate.phaseSigma() * estimate.phaseSigma();
    own.add(apart, passed, variance);
    even.add(apart + exchange.evenAhead(), passed, variance);
    legs.add(apart + exchange.legsAhead(), passed, variance);
    averaging = estimate.phaseSigma() / estimate.frequencySigma();
    comparedRawNanos = rawNanos;
    absentSeconds = 0;
  }

  /** It has not been right for so many seconds more; whether it is forgotten now. */
  boolean fades(double seconds) {
    absentSeconds += seconds;
    return !(absentSeconds < MEMORY * averaging);
  }
}
