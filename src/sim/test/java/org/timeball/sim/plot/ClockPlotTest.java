package org.timeball.sim.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.timeball.sim.scenario.Batch;
import org.timeball.sim.scenario.Scenario;
import org.timeball.sim.scenario.Scenarios;
import org.timeball.sim.story.Stories;

class ClockPlotTest {
  @Test
  void findsTheKnownDeviationOfWhitePhaseNoise() {
    Random random = new Random(1);
    double[] offsets = random.doubles(200_000).map(u -> random.nextGaussian() * 1e-6).toArray();
    // White phase noise of variance s²: sqrt(3) s / tau.
    assertThat(AllanDeviation.at(offsets, 0, 1)).isCloseTo(1.732e-6, within(0.02e-6));
    assertThat(AllanDeviation.at(offsets, 0, 100)).isCloseTo(1.732e-8, within(0.03e-8));
    assertThat(AllanDeviation.at(offsets, 0, 100_001)).isNaN();
  }

  @Test
  void drawsAPictureThatIsWellFormed() throws Exception {
    Scenario scenario = Scenarios.find("S5a", 1).orElseThrow();
    String svg =
        ClockPlot.svg(
            scenario, Batch.run(scenario.id(), new long[] {1, 2}, () -> 0, outcome -> {}));
    assertIsWellFormed(svg);
    assertThat(svg).contains("Allan deviation", "S5a");
  }

  @Test
  void drawsAStoryWithEveryMachineInItsColour() throws Exception {
    String svg = StoryPlot.svg(Stories.find("falsetickers-2-of-5").orElseThrow().tell(1));
    assertIsWellFormed(svg);
    assertThat(svg).contains("falsetickers-2-of-5, seed 1", ">client</tspan>");
    // Two panels, one machine: a frame and a line in each.
    assertThat(svg.split("stroke='" + Picture.colour(0) + "'", -1)).hasSize(3);
  }

  private static void assertIsWellFormed(String svg) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
