package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.timeball.core.LeapSecond;
import org.timeball.core.discipline.Rehearsals;
import org.timeball.core.refclock.LearnedLateness;
import org.timeball.core.temperature.LearnedWarmth;
import org.timeball.core.temperature.TemperatureModel;
import org.timeball.time.Leap;

/**
 * What is kept across restarts, as a text that people can read. A line that cannot be is left out
 * and named; the rest is used.
 *
 * @param frequency the oscillator's, dimensionless: what the clock was last steered with
 * @param lateness of every kind of sentence
 * @param lastKnown true time when this was written, as Unix nanoseconds, if it was known
 * @param leap the latest leap second that was to come or came
 * @param rehearsals what came of holdovers that were only played
 * @param warmth what the temperature does to the oscillator; {@code frequency} is as of its reading
 * @param complaints what was left out when it was read, a sentence each
 */
record LearnedState(
    OptionalDouble frequency,
    List<LearnedLateness> lateness,
    Optional<Long> lastKnown,
    Optional<LeapSecond> leap,
    List<Rehearsals.Outcome> rehearsals,
    LearnedWarmth warmth,
    List<String> complaints) {
  private static final String HEADING = "timeball-state 1";

  /** Longer is no state of ours. */
  private static final int LONGEST = 65_536;

  /** What a kernel can correct. */
  private static final double LARGEST_FREQUENCY = 500e-6;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** 2200-01-01 in seconds of Unix time. */
  private static final long LATEST = 7_258_118_400L;

  static final LearnedState NOTHING = new Lines().state();

  /** What the lines of a text come to. */
  private static final class Lines {
    OptionalDouble frequency = OptionalDouble.empty();
    final List<LearnedLateness> lateness = new ArrayList<>();
    Optional<Long> lastKnown = Optional.empty();
    Optional<LeapSecond> leap = Optional.empty();
    final List<Rehearsals.Outcome> rehearsals = new ArrayList<>();
    Optional<Double> celsius = Optional.empty();
    Optional<LearnedWarmth.Range> range = Optional.empty();
    final List<LearnedWarmth.Coefficients> coefficients = new ArrayList<>();
    final List<String> complaints = new ArrayList<>();

    void take(String[] words) {
      switch (words[0]) {
        case "frequency" -> frequency = OptionalDouble.of(LearnedState.frequency(words));
        case "lateness" -> lateness.add(LearnedState.lateness(words));
        case "time" -> {
          requireWords(words, 2);
          lastKnown = Optional.of(unixSeconds(words[1]) * NANOS_PER_SECOND);
        }
        case "leap" -> leap = Optional.of(LearnedState.leap(words));
        case "rehearsal" -> {
          double[] figures = figures(words, 3);
          rehearsals.add(new Rehearsals.Outcome(figures[0], (long) figures[1], figures[2]));
        }
        case "celsius" -> {
          double reading = figures(words, 1)[0];
          if (!TemperatureModel.isPlausible(reading)) {
            throw new IllegalArgumentException("no sensor reads " + words[1] + " degrees");
          }
          celsius = Optional.of(reading);
        }
        case "temperatures" -> {
          double[] figures = figures(words, 2);
          range = Optional.of(new LearnedWarmth.Range(figures[0], figures[1]));
        }
        case "warmth" -> {
          double[] f = figures(words, 6);
          coefficients.add(new LearnedWarmth.Coefficients(f[0], f[1], f[2], f[3], f[4], f[5]));
        }
        default -> throw new IllegalArgumentException("unknown word");
      }
    }

    LearnedState state() {
      return new LearnedState(
          frequency,
          List.copyOf(lateness),
          lastKnown,
          leap,
          List.copyOf(rehearsals),
          new LearnedWarmth(celsius, range, List.copyOf(coefficients)),
          List.copyOf(complaints));
    }
  }

  /** Reads what {@link #text} wrote; anything else is ignored with a complaint. */
  static LearnedState parse(String text) {
    if (text.isEmpty()) {
      return NOTHING;
    }
    if (text.length() > LONGEST) {
      return ignored("it is " + text.length() + " characters long");
    }
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(HEADING)) {
      return ignored("it does not begin with '" + HEADING + "'");
    }
    Lines read = new Lines();
    for (int i = 1; i < lines.size(); i++) {
      try {
        read.take(lines.get(i).split(" ", -1));
      } catch (IllegalArgumentException e) {
        read.complaints.add(
            String.format(
                Locale.ROOT, "learned state, line %d ignored: %s", i + 1, e.getMessage()));
      }
    }
    return read.state();
  }

  private static LearnedState ignored(String why) {
    Lines nothing = new Lines();
    nothing.complaints.add("learned state ignored: " + why + "; everything will be learned anew");
    return nothing.state();
  }

  private static double[] figures(String[] words, int expected) {
    requireWords(words, expected + 1);
    return Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  private static double frequency(String[] words) {
    requireWords(words, 2);
    double value = Double.parseDouble(words[1]);
    if (!(Math.abs(value) <= LARGEST_FREQUENCY)) {
      throw new IllegalArgumentException("frequency " + words[1] + " is outside 500 ppm");
    }
    return value;
  }

  private static long unixSeconds(String word) {
    long seconds = Long.parseLong(word);
    if (seconds < 0 || seconds > LATEST) {
      throw new IllegalArgumentException("time " + word + " is no time of ours");
    }
    return seconds;
  }

  private static LeapSecond leap(String[] words) {
    requireWords(words, 3);
    Leap kind =
        switch (words[1]) {
          case "insert" -> Leap.INSERT;
          case "delete" -> Leap.DELETE;
          default -> throw new IllegalArgumentException("leap '" + words[1] + "' is neither kind");
        };
    return new LeapSecond(kind, unixSeconds(words[2]));
  }

  private static LearnedLateness lateness(String[] words) {
    requireWords(words, 5);
    return new LearnedLateness(
        words[1], words[2], Double.parseDouble(words[3]), Double.parseDouble(words[4]));
  }

  private static void requireWords(String[] words, int expected) {
    if (words.length != expected) {
      throw new IllegalArgumentException(
          words.length + " words where " + expected + " were expected");
    }
  }

  /** The same with the temperature, whose reading the frequency goes with. */
  LearnedState with(double addedFrequency, LearnedWarmth other) {
    return new LearnedState(
        frequency.isPresent()
            ? OptionalDouble.of(frequency.getAsDouble() + addedFrequency)
            : frequency,
        lateness,
        lastKnown,
        leap,
        rehearsals,
        other,
        complaints);
  }

  /** The text to keep. */
  String text() {
    StringBuilder text = new StringBuilder(HEADING).append('\n');
    frequency.ifPresent(f -> text.append(String.format(Locale.ROOT, "frequency %.6e%n", f)));
    lastKnown.ifPresent(
        t -> text.append("time ").append(Math.floorDiv(t, NANOS_PER_SECOND)).append('\n'));
    leap.ifPresent(l ->
        text.append(
            String.format(
                Locale.ROOT,
                "leap %s %d%n",
                l.kind().name().toLowerCase(Locale.ROOT),
                l.midnightUnixSeconds())));
    for (LearnedLateness l : lateness) {
      text.append(
          String.format(
              Locale.ROOT,
              "lateness %s %s %.4f %.4f%n",
              l.refclock(),
              l.kind(),
              l.mean(),
              l.spread()));
    }
    rehearsals.stream()
        .filter(r -> r.tried() > 0)
        .forEach(r ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "rehearsal %.0f %d %.4e%n",
                    r.span(),
                    r.tried(),
                    r.wanderSquare())));
    warmth.celsius().ifPresent(c -> text.append(String.format(Locale.ROOT, "celsius %.3f%n", c)));
    warmth
        .range()
        .ifPresent(r ->
            text.append(
                String.format(Locale.ROOT, "temperatures %.3f %.3f%n", r.coldest(), r.hottest())));
    for (LearnedWarmth.Coefficients c : warmth.coefficients()) {
      text.append(
          String.format(
              Locale.ROOT,
              "warmth %.0f %.6f %.5e %.5e %.5e %.5e%n",
              c.lag(),
              c.weight(),
              c.slope(),
              c.slopeSigma(),
              c.curve(),
              c.curveSigma()));
    }
    return text.toString();
  }
}
