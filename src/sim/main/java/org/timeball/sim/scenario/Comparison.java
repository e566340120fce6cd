package org.timeball.sim.scenario;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** The table of all scenarios that others were measured in. */
public final class Comparison {
  private Comparison() {}

  /** The first lines of the table, in Markdown. */
  public static String head() {
    return "| scenario | ours: middle | worst | target | limit | chrony | ntpsec | ours/chrony |"
        + " ours/limit | frequency: ours | chrony | ntpsec | packets |\n"
        + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
  }

  /**
   * Runs every scenario and gives its line of the table.
   *
   * @param seeds gives the seeds of a scenario for its number
   * @param each hears of every line as soon as there is one
   * @return whether every target was met
   */
  public static boolean run(
      LongFunction<long[]> seeds, LongSupplier machineNanos, Consumer<String> each) {
    boolean met = true;
    for (int i = 0; i < Baseline.ALL.size(); i++) {
      Baseline peers = Baseline.ALL.get(i);
      Batch batch = Batch.run(peers.id(), seeds.apply(i), machineNanos, outcome -> {});
      double ours = batch.median(Outcome::rmsMicros);
      double worst = batch.worst().rmsMicros();
      met &= !(ours > peers.target()) && !(worst > 1.5 * peers.target());
      each.accept(
          String.join(
              " | ",
              "| " + peers.id(),
              number(ours),
              number(worst),
              number(peers.target()),
              number(peers.limit()),
              number(peers.chrony()),
              number(peers.ntpsec()),
              number(ours / peers.chrony()),
              number(ours / peers.limit()),
              number(batch.median(Outcome::frequencyRmsPpb)),
              number(peers.chronyFrequency()),
              number(peers.ntpsecFrequency()),
              String.format(Locale.ROOT, "%.0f |\n", batch.median(Outcome::requests))));
    }
    return met;
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? ""
        : new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
