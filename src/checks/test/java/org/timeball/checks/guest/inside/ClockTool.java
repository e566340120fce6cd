package org.timeball.checks.guest.inside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.platform.clock.KernelClock;
import org.timeball.time.Leap;

/**
 * Steers the guest's kernel clock with {@link KernelClock}, by command: one line of standard input
 * is one call, and one line of output says how it went.
 */
public final class ClockTool {
  private ClockTool() {}

  public static void main(String[] arguments) throws IOException, ClockException {
    try (KernelClock clock = KernelClock.takeOver();
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      clock.watchRealtime(
          nanos -> System.out.println("clock: somebody else moved it by " + nanos + " ns"));
      System.out.println("clock: ready");
      String command;
      while ((command = commands.readLine()) != null) {
        try {
          System.out.println("clock: " + obey(clock, List.of(command.split(" "))));
        } catch (ClockException e) {
          System.out.println("clock: refused: " + e.getMessage());
        }
      }
    }
  }

  private static String obey(KernelClock clock, List<String> words) throws ClockException {
    switch (words.getFirst()) {
      case "step" -> clock.step(Long.parseLong(words.get(1)));
      case "frequency" -> clock.setFrequency(Double.parseDouble(words.get(1)));
      case "tai" -> clock.setTai(Integer.parseInt(words.get(1)));
      case "leap" -> clock.armLeap(Leap.valueOf(words.get(1)));
      case "quality" ->
          clock.reportQuality(
              Boolean.parseBoolean(words.get(1)),
              Double.parseDouble(words.get(2)),
              Double.parseDouble(words.get(3)));
      case "phase" -> {
        return "phase " + clock.leapPhase();
      }
      default -> throw new IllegalArgumentException("no such command: " + words);
    }
    return "did " + String.join(" ", words);
  }
}
