package org.timeball.sim.scenario;

import java.util.List;

/**
 * What others reach in a scenario: RMS of the true error in microseconds and of the frequency error
 * in parts per billion, medians over eight seeds under clknetsim (commit 134028f).
 *
 * <p>Measured with chronyd's development version of June 2026 and ntpd of ntpsec 1.2.5, both with
 * the same fixed poll interval and otherwise as they come. The limit is that of an estimator that
 * knows all noise parameters and the law of the delays: a Kalman filter for pulses, a particle
 * filter for exchanges. Where there is none, it was not computed.
 *
 * @param target what this project set itself
 */
public record Baseline(
    String id,
    double chrony,
    double chronyFrequency,
    double ntpsec,
    double ntpsecFrequency,
    double limit,
    double target) {
  private static final double NONE = Double.NaN;

  /** In the order of the table. */
  static final List<Baseline> ALL =
      List.of(
          new Baseline("S1", 5.57, 68.3, 15.8, 28.1, 2.43, 3.1),
          new Baseline("S1p4", 2.63, 59.7, 2.53, 28.5, 1.18, 1.5),
          new Baseline("S1n", 7.33, NONE, 16.3, NONE, NONE, 5),
          new Baseline("S1auto", 17.5, 65.3, 222, 55.8, NONE, 8.75),
          new Baseline("S2", 2.31, 11.5, 2.16, 6.75, 1.0, 1.4),
          new Baseline("S2p4", 1.12, 18.9, 1.47, 24.5, 0.429, 0.6),
          new Baseline("S2auto", 10.5, 13.4, 45, 8.84, NONE, 5.25),
          new Baseline("S3", 105, 298, 150, 613, 42, 60),
          new Baseline("S3w10", 104, 258, 149, 612, 11.9, 30),
          new Baseline("S3auto", 530, 342, 462, 156, NONE, 265),
          new Baseline("S4", 614, 4260, 1057, 4040, 44.5, 100),
          new Baseline("S4heavy", 629, 1220, 527, 1930, 49.4, 100),
          new Baseline("S6a", 1.73, 102, 15.5, 70.4, 0.390, 0.42),
          new Baseline("S6b", 2.03, 115, 21.8, 90.3, 0.390, 0.43),
          new Baseline("S6c", 1.19, 58.9, 15.5, 58, 0.214, 0.35),
          new Baseline("S6d", 0.409, 24, 1.88, 9.88, 0.214, 0.23),
          new Baseline("S7", 0.45, 27.5, 1.79, 9.72, 0.218, 0.24),
          new Baseline("S7p2", 7.71, 1830, 21.8, 3330, 0.218, 0.24),
          new Baseline("S9a", 68.7, 138, 112, 356, 13.9, 18.1),
          new Baseline("S9b", 68.7, 138, 110, 355, 13.9, 18.1));
}
