package org.timeball.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.timeball.spi.Edge;
import org.timeball.spi.Health;
import org.timeball.spi.Label;
import org.timeball.spi.Rejection;
import org.timeball.spi.Sample;
import org.timeball.spi.Sink;
import org.timeball.time.Leap;

/** Everything a driver handed over, in order; as values and as the lines of a golden file. */
public final class Findings implements Sink {
  private final long startRawNanos;
  private final List<String> lines = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private final List<Edge> pulses = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Health> healths = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private boolean timerSet;
  private long timerRawNanos;

  /**
   * @param startRawNanos what {@code +0} is in the lines
   */
  public Findings(long startRawNanos) {
    this.startRawNanos = startRawNanos;
  }

  @Override
  public void label(Label label) {
    labels.add(label);
    lines.add(
        String.format(
            Locale.ROOT,
            "%s label %s %s %s%s",
            at(label.endRawNanos()),
            label.utc(),
            label.kind(),
            label.standing(),
            label.leap() == Leap.NONE ? "" : " leap " + label.leap()));
  }

  @Override
  public void pulse(Edge leading) {
    pulses.add(leading);
    lines.add(
        at(leading.rawNanos())
            + " pulse "
            + (leading.rising() ? "rising " : "falling ")
            + leading.sequence());
  }

  @Override
  public void sample(Sample sample) {
    samples.add(sample);
    lines.add(
        String.format(
            Locale.ROOT,
            "%s sample %d.%09d ±%.6f%s",
            at(sample.rawNanos()),
            Math.floorDiv(sample.unixNanos(), 1_000_000_000L),
            Math.floorMod(sample.unixNanos(), 1_000_000_000L),
            sample.uncertaintySeconds(),
            sample.leap() == Leap.NONE ? "" : " leap " + sample.leap()));
  }

  @Override
  public void health(Health health) {
    healths.add(health);
    lines.add(
        "health "
            + health.fix()
            + " used "
            + text(health.satellitesUsed())
            + " in view "
            + text(health.satellitesInView())
            + " signal "
            + text(health.signalDecibelHertz())
            + (health.detail().isEmpty() ? "" : " " + health.detail()));
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection);
    lines.add(
        "rejected "
            + rejection.reason()
            + (rejection.detail().isEmpty() ? "" : ": " + printable(rejection.detail())));
  }

  /** Octets that are no text as {@code \xHH}, so that a golden file stays a text. */
  static String printable(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F) {
        result.append(c);
      } else {
        result.append(String.format(Locale.ROOT, "\\x%02X", (int) c));
      }
    }
    return result.toString();
  }

  @Override
  public void notice(String sentence) {
    notices.add(sentence);
    lines.add("notice " + sentence);
  }

  @Override
  public void wakeAt(long rawNanos) {
    timerSet = true;
    timerRawNanos = rawNanos;
  }

  /** Adds a line that is no finding of the driver's but belongs between them. */
  void note(String line) {
    lines.add(line);
  }

  private String at(long rawNanos) {
    long nanos = rawNanos - startRawNanos;
    return String.format(
        Locale.ROOT, "+%d.%06d", nanos / 1_000_000_000L, nanos % 1_000_000_000L / 1000);
  }

  private static String text(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "-";
  }

  private static String text(OptionalDouble number) {
    return number.isPresent() ? Double.toString(number.getAsDouble()) : "-";
  }

  /** Takes the timer if its moment is not after this one. */
  boolean takeTimerUntil(long rawNanos) {
    if (!timerSet || timerRawNanos - rawNanos > 0) {
      return false;
    }
    timerSet = false;
    return true;
  }

  long timerRawNanos() {
    return timerRawNanos;
  }

  /** One line for each thing found, as in a golden file. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  public List<Label> labels() {
    return List.copyOf(labels);
  }

  /** The labels that would number a second. */
  public List<Label> carriers() {
    return labels.stream().filter(l -> l.standing() == Label.Standing.CARRIER).toList();
  }

  public List<Edge> pulses() {
    return List.copyOf(pulses);
  }

  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  public List<Health> healths() {
    return List.copyOf(healths);
  }

  public List<Rejection> rejections() {
    return List.copyOf(rejections);
  }

  public List<String> notices() {
    return List.copyOf(notices);
  }
}
