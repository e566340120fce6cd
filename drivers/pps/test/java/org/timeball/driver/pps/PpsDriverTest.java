package org.timeball.driver.pps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.spi.Edge;
import org.timeball.spi.Rejection;
import org.timeball.testkit.Findings;
import org.timeball.testkit.Recording;
import org.timeball.testkit.Replay;

class PpsDriverTest {
  private final PpsProvider provider = new PpsProvider();
  private final List<Event> events = new ArrayList<>();

  private record Event(double atSeconds, boolean rising, long sequence) {}

  private void edge(double atSeconds, boolean rising, long sequence) {
    events.add(new Event(atSeconds, rising, sequence));
  }

  /** A pulse that begins with its rising edge. */
  private void pulse(double atSeconds, double width, long sequence) {
    edge(atSeconds, true, sequence);
    edge(atSeconds + width, false, sequence);
  }

  private void pulses(int from, int to, double width) {
    for (int i = from; i < to; i++) {
      pulse(i + 0.25, width, i);
    }
  }

  private Findings run(String... settings) {
    StringBuilder log = new StringBuilder("@set interval 1 s\n");
    for (int i = 0; i < settings.length; i += 2) {
      log.append("@set ").append(settings[i]).append(' ').append(settings[i + 1]).append('\n');
    }
    events.sort(Comparator.comparingDouble(Event::atSeconds));
    for (Event event : events) {
      log.append(
          String.format(
              Locale.ROOT,
              "+%.9f @%s %d%n",
              event.atSeconds(),
              event.rising() ? "rise" : "fall",
              event.sequence()));
    }
    return new Replay(provider)
        .run(
            Recording.of(
                "edges", log.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private static List<Long> sequences(Findings findings) {
    return findings.pulses().stream().map(Edge::sequence).toList();
  }

  private static List<String> reasons(Findings findings) {
    return findings.rejections().stream().map(Rejection::reason).toList();
  }

  @Test
  void findsTheRisingEdgeOfAShortPulseWithinThreeSeconds() {
    pulses(0, 10, 0.1);

    Findings findings = run();

    assertThat(findings.pulses()).isNotEmpty().allMatch(Edge::rising);
    assertThat(sequences(findings)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(findings.notices())
        .containsExactly("the line is high for 100 ms: the rising edge leads");
    assertThat(findings.rejections()).isEmpty();
  }

  @Test
  void handsOverThePulsesThatProvedTheBeatWithTheTimesTheyHad() {
    pulses(0, 4, 0.1);

    assertThat(run().pulses())
        .extracting(pulse -> pulse.rawNanos() - Replay.START_RAW_NANOS)
        .containsExactly(1_250_000_000L, 2_250_000_000L, 3_250_000_000L);
  }

  @Test
  void findsTheFallingEdgeOfAnInvertedPulse() {
    pulses(0, 10, 0.9);

    Findings findings = run();

    assertThat(findings.pulses()).isNotEmpty().noneMatch(Edge::rising);
    assertThat(findings.notices())
        .containsExactly("the line is high for 900 ms: the falling edge leads");
  }

  @Test
  void usesAConfiguredEdgeButSaysThatItLooksLikeTheWrongOne() {
    pulses(0, 10, 0.1);

    Findings findings = run("edge", "falling");

    assertThat(findings.pulses()).isNotEmpty().noneMatch(Edge::rising);
    assertThat(findings.notices()).anyMatch(n -> n.startsWith("'edge' is falling, but"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.46, 0.5, 0.55})
  void usesNoPulseOfASquareWaveUntilTheEdgeIsConfigured(double width) {
    pulses(0, 10, width);

    assertThat(run().pulses()).isEmpty();
    assertThat(run().notices()).singleElement().asString().contains("Set 'edge'");
    assertThat(run("edge", "rising").pulses()).isNotEmpty().allMatch(Edge::rising);
  }

  @Test
  void takesTheOnlyEdgeThereIsAndSaysWhatThatCosts() {
    for (int i = 0; i < 10; i++) {
      edge(i + 0.25, true, i);
    }

    Findings findings = run();

    assertThat(sequences(findings)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(findings.notices()).singleElement().asString().startsWith("only the rising edge");
  }

  @Test
  void countsPulsesThatWereNotSentAndPulsesThatWereNotRead() {
    pulses(0, 10, 0.1);
    pulse(12.25, 0.1, 10); // two were never sent
    pulse(13.25, 0.1, 11);
    pulse(15.25, 0.1, 13); // one was sent, and not read

    Findings findings = run();

    assertThat(sequences(findings)).endsWith(9L, 10L, 11L, 13L);
    assertThat(reasons(findings))
        .containsExactly("pulse missing", "pulse missing", "pulse not read in time");
  }

  @Test
  void refusesDoubledPulsesAndBurstsBetweenThem() {
    pulses(0, 20, 0.1);
    edge(12.2501, true, 1012);
    edge(12.2502, false, 1012);
    for (int i = 0; i < 57; i++) {
      pulse(14.4 + i * 0.01, 0.004, 2000 + i);
    }

    Findings findings = run();

    assertThat(sequences(findings))
        .containsExactly(
            1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
    assertThat(reasons(findings)).containsOnly("doubled pulse", "pulse off the beat");
  }

  @Test
  void letsASinglePulseThatIsLateByTheWidthChangeNothing() {
    pulses(0, 12, 0.1);
    pulse(12.35, 0.1, 12);
    for (int i = 13; i < 20; i++) {
      pulse(i + 0.25, 0.1, i);
    }

    Findings findings = run();

    assertThat(sequences(findings)).contains(11L, 13L, 19L).doesNotContain(12L);
    assertThat(reasons(findings)).containsExactly("pulse off the beat", "pulse missing");
  }

  @Test
  void followsPulsesThatMoveForGoodAfterFiveOfThem() {
    pulses(0, 10, 0.1);
    for (int i = 10; i < 20; i++) {
      pulse(i + 0.45, 0.1, i);
    }

    Findings findings = run();

    assertThat(sequences(findings))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 14L, 15L, 16L, 17L, 18L, 19L);
    assertThat(findings.notices())
        .last()
        .asString()
        .isEqualTo("the pulses have moved by 200.000 ms and stay there");
  }

  @Test
  void leavesAPulseThatIsMicrosecondsOffToTheEstimate() {
    pulses(0, 10, 0.1);
    pulse(10.25002, 0.1, 10);
    pulse(11.25, 0.1, 11);

    assertThat(sequences(run())).contains(10L, 11L);
  }

  @Test
  void saysThatPulsesStoppedAndThatTheyAreBack() {
    pulses(0, 10, 0.1);
    pulses(30, 35, 0.1);

    Findings findings = run();

    assertThat(findings.notices())
        .containsExactly(
            "the line is high for 100 ms: the rising edge leads",
            "no pulse for 5 s: the receiver may have no fix, or look at the pulse wire and"
                + " 'device'",
            "pulses are back");
    assertThat(sequences(findings)).contains(9L, 30L, 34L);
  }

  @Test
  void takesPulsesEveryTwoSeconds() {
    for (int i = 0; i < 10; i++) {
      pulse(2 * i + 0.25, 0.1, i);
    }

    assertThat(sequences(run("interval", "2 s")))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2 s", "1.5 s", "0 s", "61 s"})
  void refusesAnIntervalThatDoesNotSayWhichPulseBeginsASecond(String interval) {
    assertThatThrownBy(() -> run("interval", interval))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'interval' is")
        .hasMessageContaining("whole seconds from 1 to 60");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void handsOverNothingThatIsNotOnTheBeatHoweverNoisyTheLine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(10) != 0) {
        pulse(i + 0.25 + random.nextDouble(-20e-6, 20e-6), 0.1, i);
      }
      if (i > 8 && random.nextInt(3) == 0) {
        pulse(i + 0.26 + random.nextDouble(0.9), 0.0001, i + 1_000_000L);
      }
    }

    List<Edge> pulses = run().pulses();

    assertThat(pulses).hasSizeGreaterThan(150);
    assertThat(pulses)
        .allSatisfy(pulse -> {
          double second = (pulse.rawNanos() - Replay.START_RAW_NANOS) * 1e-9;
          assertThat(Math.abs(second - Math.floor(second) - 0.25)).isLessThan(0.006);
        });
  }
}
