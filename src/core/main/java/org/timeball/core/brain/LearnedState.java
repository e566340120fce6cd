package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.timeball.core.LeapSecond;
import org.timeball.core.refclock.LearnedLateness;
import org.timeball.time.Leap;

/**
 * What is kept across restarts, as a text that people can read. A line that cannot be is left out
 * and named; the rest is used.
 *
 * @param frequency the oscillator's, dimensionless: what the clock was last steered with
 * @param lateness of every kind of sentence
 * @param lastKnown true time when this was written, as Unix nanoseconds, if it was known
 * @param leap the latest leap second that was to come or came
 * @param complaints what was left out when it was read, a sentence each
 */
record LearnedState(
    OptionalDouble frequency,
    List<LearnedLateness> lateness,
    Optional<Long> lastKnown,
    Optional<LeapSecond> leap,
    List<String> complaints) {
  private static final String HEADING = "timeball-state 1";

  /** Longer is no state of ours. */
  private static final int LONGEST = 65_536;

  /** What a kernel can correct. */
  private static final double LARGEST_FREQUENCY = 500e-6;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** 2200-01-01 in seconds of Unix time. */
  private static final long LATEST = 7_258_118_400L;

  static final LearnedState NOTHING =
      new LearnedState(
          OptionalDouble.empty(), List.of(), Optional.empty(), Optional.empty(), List.of());

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
    OptionalDouble frequency = OptionalDouble.empty();
    List<LearnedLateness> lateness = new ArrayList<>();
    Optional<Long> lastKnown = Optional.empty();
    Optional<LeapSecond> leap = Optional.empty();
    List<String> complaints = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] words = lines.get(i).split(" ", -1);
      try {
        switch (words[0]) {
          case "frequency" -> frequency = OptionalDouble.of(frequency(words));
          case "lateness" -> lateness.add(lateness(words));
          case "time" -> {
            requireWords(words, 2);
            lastKnown = Optional.of(unixSeconds(words[1]) * NANOS_PER_SECOND);
          }
          case "leap" -> leap = Optional.of(leap(words));
          default -> throw new IllegalArgumentException("unknown word");
        }
      } catch (IllegalArgumentException e) {
        complaints.add(
            String.format(
                Locale.ROOT, "learned state, line %d ignored: %s", i + 1, e.getMessage()));
      }
    }
    return new LearnedState(
        frequency, List.copyOf(lateness), lastKnown, leap, List.copyOf(complaints));
  }

  private static LearnedState ignored(String why) {
    return new LearnedState(
        OptionalDouble.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of("learned state ignored: " + why + "; everything will be learned anew"));
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
    return text.toString();
  }
}
