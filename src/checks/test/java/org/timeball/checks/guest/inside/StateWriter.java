package org.timeball.checks.guest.inside;

import java.nio.file.Path;
import java.util.Locale;
import org.timeball.server.brain.StateKeeper;

/**
 * Writes one learned state after the other, as fast as it can, until it is killed. Every line of a
 * state but the first holds the same number.
 */
public final class StateWriter {
  /** How many lines a state has after the first; several blocks of the disk. */
  public static final int LINES = 1_000;

  private StateWriter() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (StateKeeper keeper = new StateKeeper(Path.of(arguments[0]))) {
      for (int number = 1; ; number = number % 9_000 + 1) {
        keeper.keep(state(number));
        if (number == 20) {
          System.out.println("state: writing");
        }
        Thread.sleep(2);
      }
    }
  }

  private static String state(int number) {
    StringBuilder text = new StringBuilder("timeball-state 1\n");
    for (int i = 0; i < LINES; i++) {
      text.append(String.format(Locale.ROOT, "lateness gps kind%d 0.%04d 0.0100%n", i, number));
    }
    return text.toString();
  }
}
