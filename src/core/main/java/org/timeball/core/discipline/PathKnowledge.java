package org.timeball.core.discipline;

/**
 * What exchanges have told of the path that they came by, whatever the time is. Belongs to one
 * thread.
 */
final class PathKnowledge {
  private static final int DELAYS = 400;
  private static final int RESIDUALS = 200;

  /** Until then the delays are too few to know the least of them. */
  private static final int DELAYS_KNOWN = 8;

  /** From so many residuals on a leg's scale is its own. */
  private static final int RESIDUALS_KNOWN = 20;

  private final DelayHistory delays = new DelayHistory(DELAYS);
  private final DelayHistory outboundSeen = new DelayHistory(RESIDUALS);
  private final DelayHistory inboundSeen = new DelayHistory(RESIDUALS);

  /** An exchange took so many seconds both ways. */
  void add(double delay) {
    delays.add(delay);
  }

  /** An exchange, seen with what is known of its path; its own delay has been added. */
  PathExchange look(double measured, double delay) {
    double least = delays.least();
    double excess = delay - least;
    double excessSquare = 1;
    if (delays.size() > DELAYS_KNOWN) {
      double unit = meanExcessSquare();
      excessSquare = excess * excess / unit;
    }
    double together = Math.max((delays.quantile(0.3) - least) / 1.1, 1e-8);
    double outbound = legScale(outboundSeen, together);
    double inbound = legScale(inboundSeen, together);
    return PathExchange.of(
        measured,
        excess,
        excessSquare,
        delays.quantile(0.5) - least,
        outbound,
        inbound,
        Math.max(8 * Math.max(outbound, inbound), delays.mean() - least));
  }

  /** How late each leg of an exchange was if the phase is this. */
  void seen(PathExchange exchange, double phase) {
    double half = exchange.excess() / 2;
    outboundSeen.add(Math.max(0, exchange.phase() + half - phase));
    inboundSeen.add(Math.max(0, half - exchange.phase() + phase));
  }

  /** Mean square of the delays above the least, robust against a few that are very long. */
  private double meanExcessSquare() {
    double least = delays.least();
    double median = delays.quantile(0.5) - least;
    return delays.meanSquareAbove(least, 6 * median + 1e-9) + 1e-18;
  }

  private static double legScale(DelayHistory seen, double together) {
    if (seen.size() < RESIDUALS_KNOWN) {
      return together;
    }
    // 0.4 of an exponential's values lie below 0.51 of its mean.
    return Math.clamp(seen.quantile(0.4) / 0.51, together * 0.2, together * 4);
  }

  /** The least delay of late in seconds. */
  double leastDelay() {
    return delays.least();
  }
}
