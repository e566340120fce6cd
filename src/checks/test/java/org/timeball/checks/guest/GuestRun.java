package org.timeball.checks.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays scenarios in guests that {@code scripts/guest} prepared, which calls it so:
 *
 * <pre>GuestRun FOLDER DISK SERIAL-DEVICE JOBS [--list | --shell | NAME…] -- QEMU-COMMAND…</pre>
 *
 * Exit code: 0 if every promise was kept, 1 if not, 64 for a name that is none.
 */
public final class GuestRun {
  private static final int FIXED_ARGUMENTS = 4;
  private static final long THIRTY_YEARS_SECONDS = 30 * 31_556_952L;

  /** The stage itself first, then the longest, so that two played side by side end together. */
  private static final List<Scenario> SCENARIOS =
      List.of(
          new LinesArrive(),
          new KernelLoopSteers(),
          new LeapIsServed(),
          new Restarts(),
          new SurvivesKill(),
          new LosesAntenna(),
          new ServesNetworks(),
          new StartsWrong("start", "up to a second off", 0),
          new StartsWrong("start-early", "30 years early", -THIRTY_YEARS_SECONDS),
          new StartsWrong("start-late", "30 years late", THIRTY_YEARS_SECONDS),
          new KernelInsertsSecond(),
          new KernelClockObeys());

  private GuestRun() {}

  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    int end = all.indexOf("--");
    if (end < FIXED_ARGUMENTS) {
      System.err.println("guest: call scripts/guest, which prepares what this needs");
      System.exit(64);
    }
    Path folder = Path.of(all.get(0));
    Machine machine =
        new Machine(all.subList(end + 1, all.size()), Path.of(all.get(1)), all.get(2));
    int jobs = Integer.parseInt(all.get(3));
    List<String> wishes = all.subList(FIXED_ARGUMENTS, end);
    if (wishes.equals(List.of("--list"))) {
      SCENARIOS.forEach(s -> System.out.printf("%-12s %s%n", s.name(), s.promise()));
      return;
    }
    if (wishes.equals(List.of("--shell"))) {
      Guest.shell(machine, folder.resolve("shell"), GuestSettings.usual());
      return;
    }
    System.exit(play(machine, folder, chosen(wishes), jobs));
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

  private static int play(Machine machine, Path folder, List<Scenario> scenarios, int jobs)
      throws Exception {
    Map<String, Future<Optional<String>>> played = new LinkedHashMap<>();
    try (ExecutorService players = Executors.newFixedThreadPool(jobs)) {
      for (Scenario scenario : scenarios) {
        Path own = Files.createDirectory(folder.resolve(scenario.name()));
        played.put(scenario.name(), players.submit(() -> play(machine, own, scenario)));
      }
    }
    int failed = 0;
    for (Map.Entry<String, Future<Optional<String>>> one : played.entrySet()) {
      Optional<String> broken = one.getValue().get();
      if (broken.isPresent()) {
        failed++;
        // Once more, because the scenarios after it may have filled the reader's screen.
        System.out.println("FAILED: scripts/guest " + one.getKey() + ": " + broken.get());
      }
    }
    System.out.printf("%d passed, %d failed%n", scenarios.size() - failed, failed);
    return failed == 0 ? 0 : 1;
  }

  /** What was broken, or nothing. */
  private static Optional<String> play(Machine machine, Path folder, Scenario scenario) {
    System.out.printf("%s: %s%n", scenario.name(), scenario.promise());
    long begin = System.nanoTime();
    Optional<String> broken = broken(machine, folder, scenario);
    System.out.printf(
        Locale.ROOT,
        "%s: %s in %.1f s%n",
        scenario.name(),
        broken.isEmpty() ? "passed" : "FAILED",
        (System.nanoTime() - begin) * 1e-9);
    return broken;
  }

  private static Optional<String> broken(Machine machine, Path folder, Scenario scenario) {
    try (Stage stage = new Stage(machine, folder, scenario.name())) {
      try {
        scenario.play(stage);
        return Optional.empty();
      } catch (AssertionError e) {
        stage.tell("FAILED: " + e.getMessage());
        stage.lastWords().forEach(line -> stage.tell("| " + line));
        return Optional.of(e.getMessage());
      }
    } catch (Exception e) {
      System.out.println(scenario.name() + ": the stage broke down");
      e.printStackTrace(System.out);
      return Optional.of("the stage broke down: " + e);
    }
  }
}
