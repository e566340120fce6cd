package org.timeball.sim.plot;

import java.util.function.IntToDoubleFunction;
import org.timeball.sim.story.Diary;
import org.timeball.sim.story.Telling;

/**
 * A story as it went, in one SVG picture: how wrong each clock was, and how wrong it said that it
 * may be. Where a machine said that it knows no time, the second line is missing.
 */
public final class StoryPlot {
  /** Microseconds: from a nanosecond to a second; what is beyond is drawn at the edge. */
  private static final double LEAST = 1e-3;

  private static final double GREATEST = 1e6;

  private StoryPlot() {}

  /** Draws it. */
  public static String svg(Telling telling) {
    int seconds = telling.diaries().values().stream().mapToInt(Diary::seconds).max().orElse(1);
    Panel errors =
        panel(
            0,
            telling.story() + ", seed " + telling.seed() + ": error of " + names(telling),
            seconds);
    Panel bounds = panel(1, "error that is stated, while synchronised", seconds);
    int line = 0;
    for (Diary diary : telling.diaries().values()) {
      String colour = Picture.colour(line++);
      draw(errors, diary.seconds(), s -> Math.abs(diary.error(s)), colour);
      draw(bounds, diary.seconds(), diary::bound, colour);
    }
    return Picture.of(errors, bounds);
  }

  private static Panel panel(int number, String title, int seconds) {
    return new Panel(
        Picture.top(number),
        title,
        new Panel.Axis("true time, s", 0, seconds, false),
        new Panel.Axis("µs", LEAST, GREATEST, true));
  }

  /** Each in the colour of its line. */
  private static String names(Telling telling) {
    StringBuilder names = new StringBuilder();
    int line = 0;
    for (String name : telling.diaries().keySet()) {
      names
          .append(names.isEmpty() ? "" : ", ")
          .append("<tspan fill='")
          .append(Picture.colour(line++))
          .append("'>")
          .append(name)
          .append("</tspan>");
    }
    return names.toString();
  }

  /** Each column shows the largest within it. */
  private static void draw(Panel panel, int seconds, IntToDoubleFunction figure, String colour) {
    int columns = Math.min(Picture.COLUMNS, seconds);
    double[] xs = new double[columns];
    double[] ys = new double[columns];
    for (int c = 0; c < columns; c++) {
      int from = (int) ((long) seconds * c / columns);
      int until = (int) ((long) seconds * (c + 1) / columns);
      double greatest = Double.NaN;
      for (int s = from; s < until; s++) {
        double micros = figure.applyAsDouble(s) * 1e6;
        if (!(greatest >= micros)) {
          greatest = micros;
        }
      }
      xs[c] = from;
      ys[c] = Math.max(greatest, LEAST);
    }
    panel.line(xs, ys, colour);
  }
}
