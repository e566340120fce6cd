package org.timeball.core.source;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.timeball.core.discipline.Combination;
import org.timeball.core.discipline.ExchangeEstimator;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.discipline.Verdict;
import org.timeball.core.leap.Smear;
import org.timeball.time.ReferenceId;

/**
 * A server on the network as a source of time: its association, and what its exchanges teach.
 * Belongs to one thread.
 */
public final class NetworkSource {
  /**
   * The part of the round trip that the error may reach before a longer poll interval is refused.
   * Half of the round trip is what no client can see, so a tenth of that half costs nothing that
   * could be noticed.
   */
  private static final double ALLOWED_ERROR = 0.065;

  /** Seconds; nobody needs a smaller error from a network. */
  private static final double SMALLEST_ALLOWED_ERROR = 1e-6;

  /** Chosen: how different the two legs of a path are, as part of the round trip. */
  private static final double LIKELY_ASYMMETRY = 0.05;

  /** MAXFREQ (RFC 5905, section 7.2): what a rate may be before anything is known of it. */
  private static final double LARGEST_FREQUENCY = 500e-6;

  private final Association association;
  private final ExchangeEstimator estimator;
  private Reception.Server server;
  private boolean smeared;

  /** Asked for several times in every turn of the brain, and changed by exchanges alone. */
  private Optional<TimeEstimate> latest = Optional.empty();

  public NetworkSource(Association association) {
    this.association = association;
    estimator = new ExchangeEstimator(!(association instanceof BroadcastAssociation));
  }

  /** The protocol side. */
  public Association association() {
    return association;
  }

  /**
   * Learns from what a datagram turned out to be.
   *
   * @param reception as the association judged it; the estimate has changed if it is an exchange
   *     and {@link #lastVerdict} is not an outlier
   * @return what it was
   */
  public Reception learn(Reception reception) {
    verdict = Verdict.OUTLIER;
    if (reception instanceof Reception.Exchange measured) {
      smeared = isSmeared(measured.server().referenceId());
      server = measured.server();
      Reception.Exchange exchange = HeldExchange.answeredAtOnce(measured, frequency(), rateError());
      verdict =
          estimator.update(
              exchange.t1RawNanos(),
              exchange.t2UnixNanos(),
              exchange.t3UnixNanos(),
              exchange.t4RawNanos());
      renew();
      latest.ifPresent(this::adaptPoll);
    }
    return reception;
  }

  private boolean isSmeared(ReferenceId said) {
    return smeared
        ? Smear.isMark(said)
        : server != null && Smear.areMarks(server.referenceId(), said);
  }

  private double frequency() {
    return latest().map(TimeEstimate::frequency).orElse(0.0);
  }

  private double rateError() {
    return latest()
        .map(e -> Math.min(LARGEST_FREQUENCY, e.frequencySigma()))
        .orElse(LARGEST_FREQUENCY);
  }

  private Verdict verdict = Verdict.OUTLIER;

  /** What became of the last datagram; an outlier too if it was no exchange. */
  public Verdict lastVerdict() {
    return verdict;
  }

  private void renew() {
    latest = estimator.isReady() ? Optional.of(estimator.latest()) : Optional.empty();
  }

  private void adaptPoll(TimeEstimate estimate) {
    double allowed = Math.max(ALLOWED_ERROR * estimator.leastDelay(), SMALLEST_ALLOWED_ERROR);
    association.adaptPoll(
        seconds -> estimate.at(estimate.rawNanos() + (long) (seconds * 1e9)).phaseSigma(), allowed);
  }

  /** The belief as of the last exchange. */
  public Optional<TimeEstimate> latest() {
    return latest;
  }

  /**
   * The source as combination sees it at a moment.
   *
   * @throws java.util.NoSuchElementException before there is an estimate
   */
  public Combination.Part part(long rawNanos) {
    return new Combination.Part(estimateAt(rawNanos), LIKELY_ASYMMETRY * estimator.leastDelay());
  }

  /** What its exchanges teach. */
  ExchangeEstimator estimator() {
    return estimator;
  }

  private TimeEstimate estimateAt(long rawNanos) {
    if (latest.isEmpty()) {
      throw new NoSuchElementException(association.name() + " has had too few exchanges");
    }
    return estimator.at(rawNanos);
  }

  /** What the server last said of itself. */
  public Optional<Reception.Server> server() {
    return Optional.ofNullable(server);
  }

  /**
   * Seconds that averaging cannot take out: half the least delay, all the way to true time (RFC
   * 5905, section 11.2).
   */
  public double systematicError() {
    return server == null
        ? Double.POSITIVE_INFINITY
        : (estimator.leastDelay() + server.rootDelay()) / 2 + server.rootDispersion();
  }

  /** Why what comes now is not to be followed, whatever it is worth; empty if it may be. */
  public Optional<SourceState> obstacle() {
    if (smeared) {
      return Optional.of(SourceState.SMEARED);
    }
    return estimator.isHoldingJump() ? Optional.of(SourceState.JUMPED) : Optional.empty();
  }

  /** Seconds for the round trip at its best. */
  public double leastDelay() {
    return estimator.leastDelay();
  }

  /** True time was renumbered by a leap second. */
  public void shift(long nanos) {
    association.forgetExchange();
    estimator.shift(nanos);
    renew();
  }

  /** The raw scale stood still for an unknown time. */
  public void forgetPhase() {
    association.forgetExchange();
    estimator.forgetPhase();
    renew();
  }
}
