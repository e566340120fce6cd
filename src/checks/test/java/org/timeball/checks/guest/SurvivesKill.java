package org.timeball.checks.guest;

import java.util.List;
import org.timeball.checks.guest.inside.StateWriter;

/** Ends that nobody announced, while the state file is being written. */
final class SurvivesKill implements Scenario {
  private static final int KILLS = 2;
  private static final int POWER_CUTS = 2;

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String promise() {
    return "kill -9 and power cuts while the state file is written leave the old one or the new"
        + " one";
  }

  @Override
  public void play(Stage stage) throws Exception {
    GuestSettings settings = GuestSettings.usual();
    Guest guest = stage.boot(settings);
    for (int i = 0; i < KILLS; i++) {
      write(guest);
      guest.run("kill -9 $(pidof java)");
      stage.tell("killed while writing: " + whole(guest));
    }
    for (int i = 0; i < POWER_CUTS; i++) {
      write(guest);
      guest = stage.boot(settings);
      stage.tell("power cut while writing: " + whole(guest));
    }
    GuestDaemon daemon = GuestDaemon.start(guest);
    guest.served().awaitGood(0, 40);
    Promise.kept(!daemon.hasSaid("learned state"), "the daemon could not use what was there");
    stage.tell("the daemon starts with it and serves");
  }

  private static void write(Guest guest) throws Exception {
    int mark = guest.console().size();
    guest.startJava("org.timeball.checks.guest.inside.StateWriter " + GuestDaemon.LEARNED);
    guest.console().await(mark, "state: writing", 10);
  }

  private static String whole(Guest guest) throws Exception {
    List<String> lines = guest.run("cat " + GuestDaemon.LEARNED).lines().toList();
    List<String> numbers =
        lines.stream()
            .skip(1)
            .map(line -> line.replaceAll(".* (0\\.\\d+) .*", "$1"))
            .distinct()
            .toList();
    Promise.kept(
        lines.getFirst().equals("timeball-state 1")
            && lines.size() == StateWriter.LINES + 1
            && numbers.size() == 1,
        "the state file has %d lines and holds the numbers %s".formatted(lines.size(), numbers));
    return "state " + numbers.getFirst() + " is whole";
  }
}
