package org.timeball.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every story of a fault: the daemon's brain, responder and drivers keep their promises. */
class StoriesTest {
  static Stream<String> ids() {
    return Stories.all().stream().map(Story::id);
  }

  private static Telling tell(String id, long seed) {
    return Stories.find(id).orElseThrow().tell(seed);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyPromiseIsKept(String id) {
    Telling telling = tell(id, 1);
    assertThat(telling.promises()).isNotEmpty();
    assertThat(telling.broken()).as(telling.command()).isEmpty();
  }

  /** Seeds with which promises were broken once; they say what they are about. */
  @ParameterizedTest
  @CsvSource({
    "antenna-outage, 6", // the oscillator strays by 27 µs while nothing can be heard
    "wrong-leap-count, 4", // receiver and server contradict each other for 13 minutes
    "falsetickers-3-of-5, 4", // the two that are right answer first
    "orphans, 5", // three that ask one server and each other
    "subnet, 6" // of those that fall silent the one that is wrong is the last
  })
  void promisesAreKeptWhereChanceWasAgainstThem(String id, long seed) {
    Telling telling = tell(id, seed);
    assertThat(telling.broken()).as(telling.command()).isEmpty();
  }

  /** All packets and all that was done to all clocks. */
  @Test
  void theSameSeedGivesTheSameTraceAndAnotherGivesAnother() {
    Telling first = tell("falsetickers-2-of-5", 5);
    assertThat(tell("falsetickers-2-of-5", 5).traceHash()).isEqualTo(first.traceHash());
    assertThat(tell("falsetickers-2-of-5", 6).traceHash()).isNotEqualTo(first.traceHash());
  }

  @Test
  void aBrokenPromiseSaysWhatWasSeenAndTheCommandThatRepeatsIt() {
    Story careless =
        new Story(
            "careless",
            "nobody to ask",
            scene -> {
              Machine client = scene.client("client", scene.server("far").offset(1));
              scene.run(60);
              client.expect().staysWithin(1e-3, 30, 60);
            });

    Telling telling = careless.tell(7);

    assertThat(telling.command()).isEqualTo("scripts/timeball sim careless --seed 7");
    assertThat(telling.broken())
        .singleElement()
        .satisfies(promise -> {
          assertThat(promise.sentence()).isEqualTo("client stays within 1000 µs from 30 s to 60 s");
          assertThat(promise.found())
              .matches("\\+1000\\d{3}\\.\\d{3} µs at \\d+ s|\\+99\\d{4}\\.\\d{3} µs at \\d+ s");
        });
  }
}
