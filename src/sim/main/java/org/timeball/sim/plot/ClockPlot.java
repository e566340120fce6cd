package org.timeball.sim.plot;

import java.util.List;
import org.timeball.sim.scenario.Batch;
import org.timeball.sim.scenario.Scenario;

/** The offset over time and the Allan deviation of every run of a scenario, in one SVG picture. */
public final class ClockPlot {
  private ClockPlot() {}

  /** Draws it. */
  public static String svg(Scenario scenario, Batch batch) {
    int from = scenario.settlingSeconds();
    double reach = 1;
    for (Batch.Trace trace : batch.offsets()) {
      double[] offsets = trace.values();
      for (int i = from; i < offsets.length; i++) {
        reach = Math.max(reach, Math.abs(offsets[i]) * 1e9);
      }
    }
    double micros = Math.ceil(reach / 1e3 * 1.05 * 10) / 10;
    Panel offset =
        new Panel(
            Picture.top(0),
            scenario.id() + ": " + scenario.story() + "; offset after " + from + " s",
            new Panel.Axis("true time, s", from, scenario.seconds(), false),
            new Panel.Axis("offset, µs", -micros, micros, false));
    Panel deviation =
        new Panel(
            Picture.top(1),
            "Allan deviation of the steered clock",
            new Panel.Axis("averaging time, s", 1, 1e5, true),
            new Panel.Axis("deviation", 1e-13, 1e-5, true));
    draw(batch.offsets(), from, offset, deviation);
    return Picture.of(offset, deviation);
  }

  private static void draw(List<Batch.Trace> traces, int from, Panel offset, Panel deviation) {
    for (int run = 0; run < traces.size(); run++) {
      double[] offsets = traces.get(run).values();
      String colour = Picture.colour(run);
      columns(offsets, from, offset, colour);
      double[] times = new double[34];
      double[] values = new double[times.length];
      for (int i = 0; i < times.length; i++) {
        int averaging = (int) Math.round(Math.pow(2, i * 0.5));
        times[i] = averaging;
        values[i] = AllanDeviation.at(offsets, from, averaging);
      }
      deviation.line(times, values, colour);
    }
  }

  /** Each column shows the least and the greatest offset within it. */
  private static void columns(double[] offsets, int from, Panel panel, String colour) {
    double[] xs = new double[2 * Picture.COLUMNS];
    double[] ys = new double[2 * Picture.COLUMNS];
    for (int c = 0; c < Picture.COLUMNS; c++) {
      int a = from + (int) ((long) (offsets.length - from) * c / Picture.COLUMNS);
      int b = from + (int) ((long) (offsets.length - from) * (c + 1) / Picture.COLUMNS);
      double least = Double.POSITIVE_INFINITY;
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = a; i < b; i++) {
        least = Math.min(least, offsets[i]);
        greatest = Math.max(greatest, offsets[i]);
      }
      xs[2 * c] = a;
      xs[2 * c + 1] = a;
      ys[2 * c] = least * 1e6;
      ys[2 * c + 1] = greatest * 1e6;
    }
    panel.line(xs, ys, colour);
  }
}
