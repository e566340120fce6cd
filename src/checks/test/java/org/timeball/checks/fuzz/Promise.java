package org.timeball.checks.fuzz;

/** Says that a promise was broken. */
final class Promise {
  private Promise() {}

  /**
   * @throws AssertionError with the sentence if it was not kept
   */
  static void kept(boolean kept, String sentence) {
    if (!kept) {
      throw new AssertionError(sentence);
    }
  }
}
