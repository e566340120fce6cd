package org.timeball.checks.guest;

/** What is looked at in the end. */
final class Promise {
  private Promise() {}

  /**
   * Nothing, if it was kept.
   *
   * @param otherwise what was seen instead, as a sentence
   */
  static void kept(boolean kept, String otherwise) {
    if (!kept) {
      throw new AssertionError(otherwise);
    }
  }
}
