package org.timeball.core.refclock;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A refclock as status shows it.
 *
 * @param pairing the first link that is not made
 * @param kinds lateness of every kind of sentence seen
 * @param labelsCome whether labels have come within the last seconds, good ones or bad
 * @param lastLabelFinding what was thought of the last label, in words; empty if it was good
 * @param contradictionSeconds by how much labels disagree with the count of pulses, while they do
 * @param pulsesMovedBy seconds by which all pulses come later than they did at first
 * @param labelsRefused labels not believed
 * @param pulsesUsed pulses that became samples
 * @param pulsesRefused pulses off the beat, doubled, or of a receiver without a fix
 */
public record RefclockView(
    Pairing pairing,
    List<Kind> kinds,
    boolean labelsCome,
    String lastLabelFinding,
    long contradictionSeconds,
    double pulsesMovedBy,
    long labelsRefused,
    long pulsesUsed,
    long pulsesRefused) {

  /**
   * How late one kind of sentence is.
   *
   * @param afterPulse seconds from the last pulse to the start of the sentence
   * @param lateness seconds from the second named to the start of the sentence; meaningful if
   *     {@code settledBy} is not {@code nothing}
   * @param spread standard deviation in seconds
   * @param drift seconds by which the last minute is later than the last hour
   * @param length seconds from the start of the sentence to its end
   * @param settledBy what tells late from early: {@code operator}, {@code pulses}, {@code earlier
   *     run}, {@code arrival} or {@code nothing}
   */
  public record Kind(
      String kind,
      long count,
      double afterPulse,
      double lateness,
      double spread,
      double drift,
      double length,
      String settledBy) {}

  static RefclockView of(
      Pairing pairing,
      LabelSide labels,
      boolean labelsCome,
      PulseNumbering numbering,
      double pulsesMovedBy,
      long pulsesUsed,
      long pulsesRefused) {
    boolean good = labels.lastFinding() == LabelStream.Finding.COHERENT;
    return new RefclockView(
        pairing,
        labels.kinds().entrySet().stream().map(RefclockView::kind).toList(),
        labelsCome,
        good ? "" : labels.lastFinding().sentence(),
        numbering.isDoubted() ? numbering.contradictionNanos() / 1_000_000_000L : 0,
        pulsesMovedBy,
        labels.refused(),
        pulsesUsed,
        pulsesRefused);
  }

  private static Kind kind(Map.Entry<String, KindLateness> entry) {
    KindLateness kind = entry.getValue();
    String settledBy =
        switch (kind.settled()) {
          case OPERATOR -> "operator";
          case LEARNED -> "pulses";
          case RESTORED -> "earlier run";
          case ARRIVAL -> "arrival";
          case NOT -> "nothing";
        };
    return new Kind(
        entry.getKey(),
        kind.count(),
        kind.afterPulse().mean(),
        kind.lateness().orElse(0),
        kind.spread(),
        kind.afterSecond().drift(),
        kind.meanLength(),
        settledBy);
  }

  /** The half-second trap in a sentence that says what to do. */
  public static String ambiguity(String kind, double afterPulse) {
    return String.format(
        Locale.ROOT,
        "%s starts %.0f ms after a pulse: it may be late for that one or early for the next, and"
            + " its arrival cannot tell. Let the receiver send another sentence (ZDA), add a"
            + " source, or set the label lateness (%.2f s if it is late)",
        kind,
        afterPulse * 1e3,
        afterPulse);
  }
}
