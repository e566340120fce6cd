package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class LegEdgesTest {
  private static final double BASE = 1e-3;
  private static final double VARIANCE = 1e-12;

  private static double queue(Random random) {
    return -100e-6 * Math.log(1 - random.nextDouble());
  }

  private static double farOff(Random random) {
    return 400e-6 + 100e-6 * random.nextGaussian();
  }

  /** What it corrects after so many exchanges if the phase is {@code late} too late. */
  private static double correction(
      LegEdges edges, int exchanges, double late, ToDoubleFunction<Random> inbound) {
    Random random = new Random(3);
    for (int i = 0; i < exchanges; i++) {
      double out = BASE + queue(random);
      double in = BASE + inbound.applyAsDouble(random);
      edges.add(out - late, in + late, VARIANCE);
    }
    return edges.correction();
  }

  @Test
  void putsThePhaseWhereBothLegsTookTheSameAtLeast() {
    assertThat(correction(new LegEdges(), 400, 300e-6, LegEdgesTest::queue))
        .isBetween(-305e-6, -295e-6);
    // 200 µs is what the averages of the legs would have: nobody ever came near the least of one.
    assertThat(correction(new LegEdges(), 400, -150e-6, LegEdgesTest::farOff))
        .isBetween(60e-6, 150e-6);
  }

  @Test
  void correctsHardlyAnythingWhereTheLegsAreAlike() {
    double squares = 0;
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      LegEdges edges = new LegEdges();
      for (int i = 0; i < 400; i++) {
        edges.add(BASE + farOff(random), BASE + farOff(random), 25e-12);
      }
      squares += edges.correction() * edges.correction();
    }
    // A tenth of a leg's noise.
    assertThat(Math.sqrt(squares / 200)).isLessThan(10e-6);
  }

  @Test
  void correctsNothingFromAFewExchanges() {
    assertThat(correction(new LegEdges(), 29, 300e-6, LegEdgesTest::queue)).isZero();
    assertThat(correction(new LegEdges(), 30, 300e-6, LegEdgesTest::queue)).isNegative();
  }

  @Test
  void forgetsWhatWasSeenWithAPoorPhase() {
    LegEdges edges = new LegEdges();
    edges.add(BASE - 900e-6, BASE + 900e-6, 4.1 * VARIANCE);
    assertThat(correction(edges, 100, 300e-6, LegEdgesTest::queue)).isBetween(-315e-6, -285e-6);
  }

  @Test
  void forgetsARouteThatIsNoMoreUsed() {
    LegEdges edges = new LegEdges();
    correction(edges, 100, 300e-6, LegEdgesTest::queue);
    assertThat(correction(edges, 400, 0, LegEdgesTest::queue)).isZero();
    correction(edges, 100, 300e-6, LegEdgesTest::queue);
    edges.clear();
    assertThat(edges.correction()).isZero();
  }
}
