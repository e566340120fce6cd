package org.timeball.core.discipline;

/**
 * The least that each leg of late took, as far as a filter's phase can tell, and the error of that
 * phase which follows from it. Belongs to one thread; allocates nothing after it is made.
 *
 * <p>A filter that averages offsets takes the middles of both legs to be alike, and errs by half of
 * their difference where one leg is far noisier than the other. What can be supposed to be alike is
 * the least that either takes, when no queue is in its way. It is never quite seen: the fewer
 * packets come near it, the farther off it is, which the distance from the least to the next few
 * shows. By so much more the edge is put below; and since it is a guess, nothing is corrected until
 * it is surer than the guess, nor at once by all of it.
 */
final class LegEdges {
  /** So many packets are looked back on: few enough that a change of route is forgotten. */
  private static final int PACKETS = 400;

  /** Chosen: before that the least says little. */
  private static final int LEAST_PACKETS = 30;

  /**
   * The next few: one packet in a hundred, and the second one at least. A leg whose delays thin out
   * like a square towards the edge, as two queues make it, has it twice as far below.
   */
  private static final double NEXT = 0.01;

  private static final double SECOND = 2.0;

  /**
   * The square of what half a gap may be wrong by, as part of the gap's. Chosen over 230 drawn
   * scenarios: with half as much a tenth of them would lose, with this hardly any.
   */
  private static final double GUESS = 0.5;

  /** Standard deviations of the phase in what the least of so many may be off by. */
  private static final double SIGMAS = 2;

  /**
   * Of the standard deviation that the phase had once: what was seen with a worse one is spoilt.
   */
  private static final double SPOILT = 0.5;

  private final DelayHistory outbound = new DelayHistory(PACKETS);
  private final DelayHistory inbound = new DelayHistory(PACKETS);
  private double sigmaAtFirst;
  private double correction;

  /**
   * An exchange was taken in.
   *
   * @param outboundSeconds what its outbound leg took if the filter's phase is right
   * @param inboundSeconds the same for the inbound leg
   * @param phaseVariance of the filter's phase, seconds²
   */
  void add(double outboundSeconds, double inboundSeconds, double phaseVariance) {
    double sigma = Math.sqrt(phaseVariance);
    if (outbound.size() == 0) {
      sigmaAtFirst = sigma;
    } else if (sigma < SPOILT * sigmaAtFirst) {
      outbound.clear();
      inbound.clear();
      sigmaAtFirst = sigma;
    }
    outbound.add(outboundSeconds);
    inbound.add(inboundSeconds);
    if (outbound.size() >= LEAST_PACKETS) {
      correction = correction(phaseVariance);
    }
  }

  private double correction(double phaseVariance) {
    double outboundGap = gap(outbound);
    double inboundGap = gap(inbound);
    double apart = (outbound.least() - outboundGap - (inbound.least() - inboundGap)) / 2;
    double doubt =
        GUESS * (outboundGap * outboundGap + inboundGap * inboundGap)
            + SIGMAS * SIGMAS * phaseVariance;
    return apart * apart > doubt ? apart * (1 - doubt / (apart * apart)) : 0;
  }

  /** From the least to the next few. */
  private static double gap(DelayHistory leg) {
    return leg.quantile(Math.max(NEXT, SECOND / leg.size())) - leg.least();
  }

  /** Seconds to be added to the filter's phase. */
  double correction() {
    return correction;
  }

  /** Forgets everything. */
  void clear() {
    outbound.clear();
    inbound.clear();
    correction = 0;
  }
}
