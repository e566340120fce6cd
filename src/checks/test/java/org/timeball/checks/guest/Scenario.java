package org.timeball.checks.guest;

/** A story that is played with a guest and must come out well. */
interface Scenario {
  /** One word for the command line. */
  String name();

  /** What is promised, as a sentence. */
  String promise();

  /**
   * Plays it.
   *
   * @throws AssertionError if the promise is broken
   */
  void play(Stage stage) throws Exception;
}
