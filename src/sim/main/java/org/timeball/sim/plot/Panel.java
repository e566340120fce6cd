package org.timeball.sim.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** One diagram of a picture: a frame with axes into which lines are drawn. */
final class Panel {
  private static final int LEFT = 70;
  private static final int WIDTH = 680;
  private static final int HEIGHT = 240;

  private final StringBuilder svg = new StringBuilder();
  private final int top;
  private final Axis x;
  private final Axis y;

  /**
   * One axis. On a logarithmic one {@code low} and {@code high} are powers of ten.
   *
   * @param label with its unit
   */
  record Axis(String label, double low, double high, boolean logarithmic) {
    double place(double value) {
      double v = logarithmic ? Math.log10(value) : value;
      double a = logarithmic ? Math.log10(low) : low;
      double b = logarithmic ? Math.log10(high) : high;
      return (v - a) / (b - a);
    }
  }

  Panel(int top, String title, Axis x, Axis y) {
    this.top = top;
    this.x = x;
    this.y = y;
    text(LEFT, top - 8, "start", title);
    add(
        "<rect x='"
            + LEFT
            + "' y='"
            + top
            + "' width='"
            + WIDTH
            + "' height='"
            + HEIGHT
            + "' fill='none' stroke='#888'/>");
    text(LEFT + WIDTH * 0.5, top + HEIGHT + 32, "middle", x.label());
    add(
        "<text transform='translate(16 "
            + (top + HEIGHT / 2)
            + ") rotate(-90)' text-anchor='middle'>"
            + y.label()
            + "</text>");
    ticks();
  }

  static int height() {
    return HEIGHT + 80;
  }

  private void ticks() {
    for (double tick : values(x)) {
      double px = LEFT + WIDTH * x.place(tick);
      add("<path d='M" + tenth(px) + " " + top + " v" + HEIGHT + "' stroke='#ddd'/>");
      text(px, top + HEIGHT + 15, "middle", label(tick));
    }
    for (double tick : values(y)) {
      double py = top + HEIGHT * (1 - y.place(tick));
      add("<path d='M" + LEFT + " " + tenth(py) + " h" + WIDTH + "' stroke='#ddd'/>");
      text(LEFT - 5, py + 4, "end", label(tick));
    }
  }

  private static double[] values(Axis axis) {
    if (axis.logarithmic()) {
      int decades = (int) Math.round(Math.log10(axis.high() / axis.low()));
      double[] values = new double[decades + 1];
      for (int i = 0; i <= decades; i++) {
        values[i] = axis.low() * Math.pow(10, i);
      }
      return values;
    }
    double[] values = new double[5];
    for (int i = 0; i < values.length; i++) {
      values[i] = axis.low() + (axis.high() - axis.low()) * i / 4;
    }
    return values;
  }

  private static String label(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toString();
  }

  /** A line through points; those that are not numbers are left out. */
  void line(double[] xs, double[] ys, String colour) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      if (Double.isFinite(ys[i])) {
        double px = LEFT + WIDTH * x.place(xs[i]);
        double py = top + HEIGHT * (1 - Math.clamp(y.place(ys[i]), 0.0, 1.0));
        path.append(path.isEmpty() ? 'M' : 'L').append(tenth(px)).append(' ').append(tenth(py));
      }
    }
    add("<path d='" + path + "' fill='none' stroke='" + colour + "'/>");
  }

  private void text(double px, double py, String anchor, String content) {
    add(
        "<text x='"
            + tenth(px)
            + "' y='"
            + tenth(py)
            + "' text-anchor='"
            + anchor
            + "'>"
            + content
            + "</text>");
  }

  private static String tenth(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private void add(String element) {
    svg.append(element).append('\n');
  }

  String svg() {
    return svg.toString();
  }
}
