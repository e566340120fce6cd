package org.timeball.core.discipline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Holdovers that are only played. Every so often what is believed is set aside, and after a while
 * compared with what is known then: so far off the clock would be if nothing had been heard
 * meanwhile. What an oscillator does within hours does not show in how it wanders from one minute
 * to the next, because rooms are heated and suns rise. Belongs to one thread.
 */
public final class Rehearsals {
  /** Chosen: so many are under way at a time for each span. */
  private static final int UNDER_WAY = 4;

  /** Chosen: older ones are forgotten; four a span are hardly more worth than two. */
  private static final int REMEMBERED = 64;

  /**
   * Wander per square root of a second that is feared as long as nothing was tried: a tenth of a
   * ppm in an hour, as cheap crystals drift in a room whose temperature changes by a degree.
   */
  private static final double FEARED = 2e-9;

  /** No oscillator that can be steered is worse; beyond it something else was wrong. */
  private static final double WORST = 1e-7;

  /** Rehearsals that count as much as one, since they overlap. */
  private static final double OVERLAP = 2;

  private static final double STANDARD_DEVIATIONS = 6;

  /**
   * What came of all rehearsals of one span.
   *
   * @param span seconds, one of {@link UnseenWander#SPANS}
   * @param tried how many there were
   * @param wanderSquare by how much their errors were larger than was said: mean (wander per square
   *     root of a second)²
   */
  public record Outcome(double span, long tried, double wanderSquare) {
    public Outcome {
      if (!UnseenWander.SPANS.contains(span)) {
        throw new IllegalArgumentException("no rehearsal takes " + span + " s");
      }
      if (tried < 0 || !(wanderSquare >= 0 && wanderSquare <= WORST * WORST)) {
        throw new IllegalArgumentException("no outcome of a rehearsal");
      }
    }

    /** What may be expected, the fewer were tried the more: (wander per square root of a s)². */
    double feared() {
      double independent = tried / OVERLAP;
      double seen = wanderSquare * (1 + 2 / Math.max(independent, 1));
      return Math.min(seen + FEARED * FEARED * Math.pow(2, -independent), WORST * WORST);
    }
  }

  /** What was believed at a moment, of whom, and the seconds that averaging cannot take out. */
  private record SetAside(TimeEstimate estimate, double systematic, String source) {
    /** What averaging cannot take out is the same as long as the source is. */
    double systematicBeside(SetAside other) {
      return source.equals(other.source) ? 0 : systematic + other.systematic;
    }
  }

  private static final class Span {
    final double seconds;
    final Deque<SetAside> underWay = new ArrayDeque<>();
    Outcome outcome;

    Span(double seconds) {
      this.seconds = seconds;
      this.outcome = new Outcome(seconds, 0, 0);
    }
  }

  private final List<Span> spans = UnseenWander.SPANS.stream().map(Span::new).toList();
  private SetAside latest;
  private List<Double> experience = List.of();

  /** Nothing was tried yet. */
  public Rehearsals() {
    weigh();
  }

  /** What an earlier run learned; a span that is not named begins anew. */
  public void restore(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      spans.stream().filter(s -> s.seconds == outcome.span()).forEach(s -> s.outcome = outcome);
    }
    weigh();
  }

  /**
   * Takes what is believed while sources are heard; as often as it changes, or less.
   *
   * @param systematic seconds that averaging cannot take out
   * @param source that is followed
   */
  public void observe(TimeEstimate estimate, double systematic, String source) {
    SetAside now = new SetAside(estimate, systematic, source);
    if (latest != null) {
      if (estimate.rawNanos() <= latest.estimate().rawNanos()) {
        return;
      }
      if (isAnother(latest, now)) {
        forget();
      }
    }
    boolean tried = false;
    for (Span span : spans) {
      tried |= end(span, now);
      begin(span, now);
    }
    if (tried) {
      weigh();
    }
    latest = now;
  }

  /** Time itself was renumbered, or is another one than was believed. */
  public void forget() {
    spans.forEach(s -> s.underWay.clear());
    latest = null;
  }

  /** A source that jumped tells nothing of the oscillator. Judged from one turn to the next. */
  private static boolean isAnother(SetAside before, SetAside now) {
    TimeEstimate expected = before.estimate().at(now.estimate().rawNanos());
    double apart = Math.abs(expected.unixNanos() - now.estimate().unixNanos()) * 1e-9;
    double sigma = Math.hypot(expected.phaseSigma(), now.estimate().phaseSigma());
    double seconds = secondsBetween(before, now);
    double feared = FEARED * Math.sqrt(seconds * seconds * seconds / 3);
    return apart > before.systematicBeside(now) + STANDARD_DEVIATIONS * Math.hypot(sigma, feared);
  }

  private static double secondsBetween(SetAside before, SetAside now) {
    return (now.estimate().rawNanos() - before.estimate().rawNanos()) * 1e-9;
  }

  private static boolean end(Span span, SetAside now) {
    boolean tried = false;
    while (!span.underWay.isEmpty()
        && secondsBetween(span.underWay.getFirst(), now) >= span.seconds) {
      judge(span, span.underWay.removeFirst(), now);
      tried = true;
    }
    return tried;
  }

  private static void judge(Span span, SetAside before, SetAside now) {
    double seconds = secondsBetween(before, now);
    TimeEstimate carried = before.estimate().at(now.estimate().rawNanos());
    double apart = Math.abs(carried.unixNanos() - now.estimate().unixNanos()) * 1e-9;
    double error = Math.max(0, apart - before.systematicBeside(now));
    double said =
        carried.phaseSigma() * carried.phaseSigma()
            + now.estimate().phaseSigma() * now.estimate().phaseSigma();
    double more = (error * error - said) * 3 / (seconds * seconds * seconds);
    long tried = Math.min(span.outcome.tried() + 1, REMEMBERED);
    double mean = span.outcome.wanderSquare();
    double clipped = Math.clamp(more, 0, WORST * WORST);
    span.outcome = new Outcome(span.seconds, tried, mean + (clipped - mean) / tried);
  }

  private static void begin(Span span, SetAside now) {
    // A frequency that is hardly known yet would not show what the oscillator does.
    boolean tells = now.estimate().frequencySigma() < FEARED * Math.sqrt(span.seconds);
    if (tells
        && (span.underWay.isEmpty()
            || secondsBetween(span.underWay.getLast(), now) >= span.seconds / UNDER_WAY)) {
      span.underWay.addLast(now);
    }
  }

  private void weigh() {
    List<Double> feared = new ArrayList<>();
    for (Span span : spans) {
      feared.add(span.outcome.feared());
    }
    experience = List.copyOf(feared);
  }

  /** For {@link UnseenWander#with}. */
  public List<Double> experience() {
    return experience;
  }

  /** What came of them, shortest span first; to be kept. */
  public List<Outcome> outcomes() {
    return spans.stream().map(s -> s.outcome).toList();
  }
}
