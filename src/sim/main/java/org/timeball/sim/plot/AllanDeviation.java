package org.timeball.sim.plot;

/** The overlapping Allan deviation of a clock from its offsets at each second. */
final class AllanDeviation {
  private AllanDeviation() {}

  /**
   * At one averaging time; not a number if the record is too short.
   *
   * @param offsets seconds, one each second
   * @param averaging seconds
   */
  static double at(double[] offsets, int from, int averaging) {
    int count = offsets.length - from - 2 * averaging;
    if (count < 1) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      double second = offsets[i + 2 * averaging] - 2 * offsets[i + averaging] + offsets[i];
      sum += second * second;
    }
    return Math.sqrt(sum / (2.0 * averaging * averaging * count));
  }
}
