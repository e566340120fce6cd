package org.timeball.checks.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code scripts/fuzz} has Jazzer call; and, run alone, what it asks before. */
public final class JazzerEntry {
  private static FuzzTarget target;

  private JazzerEntry() {}

  /** Called once with the name of a target. */
  public static void fuzzerInitialize(String[] arguments) {
    target = FuzzTargets.named(arguments[0]);
  }

  /** Called with octets, as often as there is time. */
  public static void fuzzerTestOneInput(byte[] octets) throws Throwable {
    target.accept(octets);
  }

  /**
   * {@code --list} prints the targets; {@code --seeds NAME FOLDER} writes the seeds and findings of
   * one.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3 && arguments[0].equals("--seeds")) {
      List<byte[]> seeds = new ArrayList<>(FuzzTargets.named(arguments[1]).seeds());
      seeds.addAll(Findings.of(arguments[1]));
      for (int i = 0; i < seeds.size(); i++) {
        Files.write(Path.of(arguments[2]).resolve("seed-" + i), seeds.get(i));
      }
      return;
    }
    FuzzTargets.all().forEach(t -> System.out.printf("%-15s %s%n", t.name(), t.promise()));
  }
}
