package org.timeball.core.discipline;

/**
 * One exchange, and what is known of the path that it came by. All in seconds, but for ratios and
 * variances.
 *
 * @param phase true time minus raw, had both legs been late alike
 * @param middlePhase the same, for a filter that takes both legs to be alike
 * @param excess its delay above the least
 * @param excessSquare its square, in units of the path's mean
 * @param noiseRatio variance of the path's exchanges, in units of the filters' own
 * @param medianExcess of the exchanges of late
 * @param outboundScale of the outbound leg's short delays
 * @param inboundScale the same for the inbound leg
 * @param longScale of a congested leg's delays
 * @param evenShare how likely it is that the delays of this path do not tell which leg was late, 0
 *     to 1
 * @param evenVariance of {@code middlePhase} if that is so, seconds²
 * @param doubt what {@code phase} may be off by for good, seconds²
 */
record PathExchange(
    double phase,
    double middlePhase,
    double excess,
    double excessSquare,
    double noiseRatio,
    double medianExcess,
    double outboundScale,
    double inboundScale,
    double longScale,
    double evenShare,
    double evenVariance,
    double doubt) {

  /** What filters are told that know this path alone. */
  static PathExchange of(
      double phase,
      double excess,
      double excessSquare,
      double medianExcess,
      double outboundScale,
      double inboundScale,
      double longScale) {
    return new PathExchange(
        phase,
        phase,
        excess,
        excessSquare,
        1,
        medianExcess,
        outboundScale,
        inboundScale,
        longScale,
        0,
        0,
        0);
  }

  /** The same for filters that know other paths too, with the last but one and two of the above. */
  PathExchange amongOthers(double share, double variance) {
    return new PathExchange(
        phase,
        middlePhase,
        excess,
        excessSquare,
        noiseRatio,
        medianExcess,
        outboundScale,
        inboundScale,
        longScale,
        share,
        variance,
        0);
  }

  /**
   * The same for filters whose phase is 0 at another time and whose noise is another, put right by
   * what the path differs by from others for good.
   *
   * @param seconds to be added to the phase
   * @param noiseVariance of the filters, seconds²
   * @param ratio of the path's to that
   */
  PathExchange putRight(double seconds, double noiseVariance, double ratio, JointPath path) {
    double evenDoubt = path.even().doubt();
    return new PathExchange(
        phase + seconds - path.legs().sure(),
        middlePhase + seconds - path.even().sure(),
        excess,
        excessSquare,
        ratio + evenDoubt / noiseVariance,
        medianExcess,
        outboundScale,
        inboundScale,
        longScale,
        evenShare,
        evenVariance + evenDoubt,
        path.legs().doubt());
  }
}
