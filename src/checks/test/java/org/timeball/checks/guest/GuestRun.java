package org.timeball.checks.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Plays scenarios in guests that {@code scripts/guest} prepared, which calls it so:
 *
 * <pre>GuestRun FOLDER DISK SERIAL-DEVICE [--list | --shell | NAME…] -- QEMU-COMMAND…</pre>
 *
 * Exit code: 0 if every promise was kept, 1 if not, 64 for a name that is none.
 */
public final class GuestRun {
  private static final long THIRTY_YEARS_SECONDS = 30 * 31_556_952L;

  private static final List<Scenario> SCENARIOS =
      List.of(
          new LinesArrive(),
          new KernelClockObeys(),
          new KernelInsertsSecond(),
          new StartsWrong("start", "up to a second off", 0),
          new StartsWrong("start-early", "30 years early", -THIRTY_YEARS_SECONDS),
          new StartsWrong("start-late", "30 years late", THIRTY_YEARS_SECONDS),
          new LosesAntenna(),
          new LeapIsServed(),
          new Restarts(),
          new SurvivesKill());

  private GuestRun() {}

  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    int end = all.indexOf("--");
    if (end < 3) {
      System.err.println("guest: call scripts/guest, which prepares what this needs");
      System.exit(64);
    }
    Path folder = Path.of(all.get(0));
    Machine machine =
        new Machine(all.subList(end + 1, all.size()), Path.of(all.get(1)), all.get(2));
    List<String> wishes = all.subList(3, end);
    if (wishes.equals(List.of("--list"))) {
      SCENARIOS.forEach(s -> System.out.printf("%-12s %s%n", s.name(), s.promise()));
      return;
    }
    if (wishes.equals(List.of("--shell"))) {
      Guest.shell(machine, folder.resolve("shell"), GuestSettings.usual());
      return;
    }
    System.exit(play(machine, folder, chosen(wishes)));
  }

  private static List<Scenario> chosen(List<String> names) {
    if (names.isEmpty()) {
      return SCENARIOS;
    }
    List<Scenario> chosen = new ArrayList<>();
    for (String name : names) {
      Scenario scenario =
          SCENARIOS.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
      if (scenario == null) {
        System.err.println("guest: no scenario '" + name + "'; scripts/guest --list shows them");
        System.exit(64);
      }
      chosen.add(scenario);
    }
    return chosen;
  }

  private static int play(Machine machine, Path folder, List<Scenario> scenarios) throws Exception {
    List<String> failed = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      System.out.printf("%s: %s%n", scenario.name(), scenario.promise());
      long begin = System.nanoTime();
      boolean kept =
          play(machine, Files.createDirectory(folder.resolve(scenario.name())), scenario);
      System.out.printf(
          Locale.ROOT,
          "%s: %s in %.1f s%n",
          scenario.name(),
          kept ? "passed" : "FAILED",
          (System.nanoTime() - begin) * 1e-9);
      if (!kept) {
        failed.add(scenario.name());
      }
    }
    failed.forEach(name -> System.out.println("FAILED: scripts/guest " + name));
    System.out.printf("%d passed, %d failed%n", scenarios.size() - failed.size(), failed.size());
    return failed.isEmpty() ? 0 : 1;
  }

  private static boolean play(Machine machine, Path folder, Scenario scenario) {
    try (Stage stage = new Stage(machine, folder)) {
      try {
        scenario.play(stage);
        return true;
      } catch (AssertionError e) {
        stage.tell("FAILED: " + e.getMessage());
        stage.lastWords().forEach(line -> System.out.println("  | " + line));
      }
    } catch (Exception e) {
      System.out.println("  FAILED: the stage broke down");
      e.printStackTrace(System.out);
    }
    return false;
  }
}
