package org.timeball.sim.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.timeball.sim.expression.Expression;
import org.timeball.sim.expression.ExpressionParser;
import org.timeball.sim.expression.Variables;
import org.timeball.sim.random.AdditiveFeedback;

/** One clock, 2000 s of clknetsim's own logs in the corpora, line by line. */
class RecordedClockTest {
  private static final int SECONDS = 2000;

  private final List<String> offsets = new ArrayList<>();
  private final List<String> frequencies = new ArrayList<>();
  private final List<String> rawFrequencies = new ArrayList<>();
  private double now;
  private double nextUpdate = 1;
  private Expression frequency;
  private KernelClockModel clock;

  @Test
  void givesTheVeryLinesThatClknetsimLoggedForTheSameSeed() throws IOException {
    Path corpus = corpus();
    String offset = "";
    for (String line : Files.readAllLines(corpus.resolve("conf"))) {
      String[] setting = line.split("=", 2);
      switch (setting[0].strip()) {
        case "node1_offset" -> offset = setting[1].strip();
        case "node1_freq" ->
            frequency = new ExpressionParser(new AdditiveFeedback(42)).parse(setting[1].strip());
        default -> throw new IllegalStateException("unknown setting: " + line);
      }
    }
    clock = new KernelClockModel(Double.parseDouble(offset), 0);
    update();

    waitLocally(100.25);
    Timex slower = new Timex();
    slower.modes = Timex.ADJ_FREQUENCY;
    slower.frequency = -10 * 65_536;
    clock.adjust(slower);
    waitLocally(50.5);
    clock.setTime(now + 1e-3);
    Timex loop = new Timex();
    loop.modes = Timex.ADJ_NANO | Timex.ADJ_OFFSET | Timex.ADJ_STATUS | Timex.ADJ_TIMECONST;
    loop.offset = 500_000;
    loop.status = Timex.STA_PLL | Timex.STA_NANO;
    loop.constant = 4;
    clock.adjust(loop);
    while (nextUpdate <= SECONDS) {
      advanceTo(nextUpdate);
      update();
      nextUpdate++;
    }

    assertThat(offsets).isEqualTo(Files.readAllLines(corpus.resolve("off")));
    assertThat(frequencies).isEqualTo(Files.readAllLines(corpus.resolve("freq")));
    assertThat(rawFrequencies).isEqualTo(Files.readAllLines(corpus.resolve("raw")));
  }

  private static Path corpus() {
    String place = System.getenv("TIMEBALL_CORPORA");
    Path corpora = place != null ? Path.of(place) : Path.of("../../../shared/corpora");
    Path corpus = corpora.resolve("clknetsim");
    if (!Files.isDirectory(corpus)) {
      assertThat(System.getenv("CI"))
          .as("the corpora are missing; set TIMEBALL_CORPORA to their folder")
          .isNotEqualTo("true");
      assumeTrue(false, "the corpora are not here; set TIMEBALL_CORPORA to their folder");
    }
    return corpus;
  }

  private void update() {
    clock.setOscillator(frequency.evaluate(Variables.NONE));
    clock.second();
    offsets.add(String.format(Locale.ROOT, "%.9f", clock.time() - now));
    frequencies.add(exponent(clock.totalRate() - 1));
    rawFrequencies.add(exponent(clock.rawRate() - 1));
  }

  private static String exponent(double value) {
    return String.format(Locale.ROOT, "%e", value);
  }

  private void advanceTo(double time) {
    clock.advance(time - now);
    now = time;
  }

  /** Waits until the clock's own monotonic time has gone so far. */
  private void waitLocally(double seconds) {
    double end = clock.monotonic() + seconds;
    while (true) {
      double left = (end - clock.monotonic()) / clock.totalRate();
      if (nextUpdate - now > left) {
        clock.advance(left);
        now += left;
        return;
      }
      advanceTo(nextUpdate);
      update();
      nextUpdate++;
    }
  }
}
