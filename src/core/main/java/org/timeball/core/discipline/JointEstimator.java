package org.timeball.core.discipline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * True time from the exchanges of several servers at once. Belongs to one thread.
 *
 * <p>There is one oscillator, so there is one belief about its phase and frequency, and every
 * exchange with any of the servers adds to it: that is more than can be had from estimates that
 * each know a part of the exchanges. What is a path's own stays its own ({@link
 * ExchangeEstimator}): its delays and the scales of its legs, how noisy it is, which of the two
 * families of filters describes it, and how far the server is ahead of the others for good ({@link
 * JointPath}), by which its exchanges are put right.
 *
 * <p>For good, the belief is where the servers' own estimates are when they are weighted by their
 * noise and by what their paths may hide ({@link Combination}). It follows that mean over many
 * averaging times, so a server that comes or goes does not step it. The servers' own estimates
 * watch over the joint one as well: when most of them contradict it, it begins anew.
 */
public final class JointEstimator {
  /** Standard deviations by which an exchange may surprise. */
  private static final double GATE = 5;

  /** Until then too little is known to be surprised. */
  private static final int KNOWN = 8;

  /** So many exchanges in a row of each server beyond the gate are believed after all. */
  private static final int PERSISTENCE = 6;

  /** Chosen: exchanges after which it is better than a mean of the servers' own estimates. */
  private static final int READY_AFTER = 48;

  /** Chosen: averaging times of the mean of the servers' own estimates that are remembered. */
  private static final double MIDDLE_MEMORY = 20;

  /** Standard deviations, and biases, by which it may be off the mean of the servers' own. */
  private static final double FARTHEST_SIGMAS = 5;

  private static final double FARTHEST_BIASES = 3;

  private static final int FEWEST_SERVERS = 2;

  private final ExchangeFilters filters = new ExchangeFilters();
  private final Map<ExchangeEstimator, JointPath> paths = new LinkedHashMap<>();
  private boolean running;

  /** True time minus raw at phase 0. */
  private long originNanos;

  /** The moment of the filters, and the latest of those moments. */
  private long rawNanos;

  private long latestRawNanos;

  /** The noise that the filters began with: what each path's is compared with. */
  private double noise;

  private int beyondGate;

  /** By how much the mean of the servers' own estimates is ahead for good. */
  private final LastingOffset middle = new LastingOffset(MIDDLE_MEMORY);

  /**
   * A server that is right.
   *
   * @param part its own belief
   */
  public record Member(ExchangeEstimator server, Combination.Part part) {}

  /** A server is wrong: if it was among those that counted, all begins anew without it. */
  public void exclude(ExchangeEstimator server) {
    if (paths.containsKey(server)) {
      paths.clear();
      running = false;
    }
  }

  /**
   * Takes what came since the last call. It begins with two servers, and goes on with one as long
   * as it remembers others.
   *
   * @param right all servers that are right now; their beliefs are for the same moment
   */
  public void take(List<Member> right) {
    paths.replaceAll((server, path) -> path.present(latestRawNanos));
    if (isContradicted(right)) {
      paths.clear();
    }
    if (paths.isEmpty()) {
      running = false;
      if (right.size() < FEWEST_SERVERS) {
        return;
      }
    }
    for (Member member : right) {
      paths.computeIfAbsent(member.server, JointPath::new);
    }
    long before = latestRawNanos;
    for (Member member : right) {
      JointPath path = paths.get(member.server);
      if (path != null) {
        path.next().ifPresent(exchange -> take(path, exchange, member.part));
      }
    }
    double seconds = (latestRawNanos - before) * 1e-9;
    if (running && seconds > 0 && filters.count() > KNOWN) {
      findMiddle(right, seconds);
      paths
          .entrySet()
          .removeIf(path ->
              right.stream().noneMatch(m -> m.server.equals(path.getKey()))
                  && path.getValue().fades(seconds));
    }
  }

  private void findMiddle(List<Member> right, double seconds) {
    TimeEstimate mean = Combination.of(right.stream().map(Member::part).toList());
    double sigma = mean.phaseSigma();
    middle.add(apart(mean), seconds * mean.frequencySigma() / sigma, sigma * sigma);
  }

  private void take(JointPath path, TakenExchange taken, Combination.Part part) {
    if (!running) {
      start(taken);
      return;
    }
    filters.predict(
        (taken.rawNanos() - rawNanos) * 1e-9,
        Math.max(0, taken.rawNanos() - latestRawNanos) * 1e-9);
    rawNanos = taken.rawNanos();
    latestRawNanos = Math.max(latestRawNanos, rawNanos);
    TimeEstimate own = part.estimate();
    if (path.contradicts(apart(own), own, filtered(own.rawNanos()))) {
      path.doubt(rawNanos);
      path.compare(apart(own), taken, own, rawNanos);
    }
    double ratio = taken.noise() / noise;
    PathExchange exchange =
        taken
            .exchange()
            .putRight(
                (taken.originNanos() - originNanos) * 1e-9, noise * noise, ratio * ratio, path);
    if (filters.count() > KNOWN
        && filters.surprise(exchange) > GATE
        && beyondGate < PERSISTENCE * paths.size()) {
      beyondGate++;
    } else {
      beyondGate = 0;
      filters.take(exchange, true, 1.0 / paths.size());
    }
    path.compare(apart(own), taken, own, rawNanos);
    originNanos += filters.takeWholeNanos();
  }

  private void start(TakenExchange taken) {
    middle.forget();
    running = true;
    beyondGate = 0;
    originNanos = taken.originNanos();
    rawNanos = taken.rawNanos();
    latestRawNanos = rawNanos;
    noise = taken.noise();
    filters.start(taken.exchange().phase(), noise);
  }

  /**
   * Whether most servers have come apart from the joint estimate of late, or it from their mean by
   * more than their paths may hide. A single server that has come apart has another route now.
   */
  private boolean isContradicted(List<Member> right) {
    long doubted = paths.values().stream().filter(p -> p.isDoubted(latestRawNanos)).count();
    if (2 * doubted > paths.size()) {
      return true;
    }
    if (!isReady() || right.isEmpty()) {
      return false;
    }
    TimeEstimate mean = Combination.of(right.stream().map(Member::part).toList());
    TimeEstimate joint = at(mean.rawNanos());
    double hidden = right.stream().mapToDouble(m -> m.part.bias()).max().orElse(0);
    double sigma = Math.hypot(joint.phaseSigma(), mean.phaseSigma());
    double apart = (joint.unixNanos() - mean.unixNanos()) * 1e-9;
    return Math.abs(apart) > FARTHEST_SIGMAS * sigma + FARTHEST_BIASES * hidden;
  }

  /** Seconds by which a server's own estimate is ahead of the joint one. */
  private double apart(TimeEstimate own) {
    return (own.unixNanos() - filtered(own.rawNanos()).unixNanos()) * 1e-9;
  }

  private TimeEstimate filtered(long atRawNanos) {
    return filters.at(atRawNanos, originNanos, rawNanos);
  }

  /** Whether it knows more than the servers' own estimates. */
  public boolean isReady() {
    return running && filters.count() >= READY_AFTER;
  }

  /**
   * The belief about true time at any moment, carried from the last exchange.
   *
   * @throws IllegalStateException if it is not ready
   */
  public TimeEstimate at(long atRawNanos) {
    if (!isReady()) {
      throw new IllegalStateException("too few exchanges: ask isReady() first");
    }
    TimeEstimate e = filtered(atRawNanos);
    return new TimeEstimate(
        atRawNanos,
        e.unixNanos() + Math.round(middle.sure() * 1e9),
        e.frequency(),
        Math.sqrt(e.phaseSigma() * e.phaseSigma() + middle.sureVariance()),
        e.frequencySigma(),
        e.wander());
  }

  /**
   * True time itself was renumbered, as by a leap second.
   *
   * @param nanos added to true time
   */
  public void shift(long nanos) {
    originNanos += nanos;
  }
}
