package org.timeball.core.discipline;

/** What became of one measurement. */
public enum Verdict {
  /** It moved the estimate. */
  USED,
  /** It lies too far from what was expected and was left out. */
  OUTLIER,
  /**
   * It agrees with a run of measurements that had been left out: the source has moved for good, and
   * the phase was taken anew. The frequency was kept.
   */
  RESEEDED
}
