package org.timeball.sim.plot;

/** Panels one below the other in one SVG picture. */
final class Picture {
  /** So many columns a line is drawn from; each gathers what falls into it. */
  static final int COLUMNS = 340;

  private static final String[] COLOURS = {
    "#1f6fb4", "#d8641e", "#2c8f4a", "#a8383b", "#7b5aa6", "#7a5a4f", "#c86bb0", "#6f6f6f"
  };

  private static final int TOP = 40;

  private Picture() {}

  /** Where the frame of a panel begins, counted from 0. */
  static int top(int panel) {
    return TOP + panel * Panel.height();
  }

  /** Of one line of several, counted from 0; with many they come again. */
  static String colour(int line) {
    return COLOURS[line % COLOURS.length];
  }

  /** The whole picture. */
  static String of(Panel... panels) {
    int height = top(panels.length);
    StringBuilder svg =
        new StringBuilder("<svg xmlns='http://www.w3.org/2000/svg' width='780' height='")
            .append(height)
            .append("' font-family='sans-serif' font-size='12'>\n<rect width='780' height='")
            .append(height)
            .append("' fill='white'/>\n");
    for (Panel panel : panels) {
      svg.append(panel.svg());
    }
    return svg.append("</svg>\n").toString();
  }
}
