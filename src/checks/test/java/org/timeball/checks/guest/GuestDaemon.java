package org.timeball.checks.guest;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The daemon running in a guest, with one receiver on the guest's two lines. */
final class GuestDaemon {
  /** In the guest; what it learned is beside the distribution, on the disk that outlives it. */
  static final String LEARNED = "/var/lib/learned";

  private static final String CONFIGURATION = "/tmp/timeball.toml";

  private final Guest guest;
  private final int mark;

  private GuestDaemon(Guest guest, int mark) {
    this.guest = guest;
    this.mark = mark;
  }

  /** Starts it and returns at once. */
  static GuestDaemon start(Guest guest, String... more) throws Exception {
    return start(guest, "own", more);
  }

  /**
   * Starts it and returns at once.
   *
   * @param discipline what steers the clock once it has been right, as the file names it
   */
  static GuestDaemon startWithDiscipline(Guest guest, String discipline) throws Exception {
    return start(guest, discipline, new String[0]);
  }

  private static GuestDaemon start(Guest guest, String discipline, String[] more) throws Exception {
    List<String> lines =
        List.of(
            "[clock]",
            "steer = \"kernel\"",
            "discipline = \"" + discipline + "\"",
            "[state]",
            "directory = \"/var/lib\"",
            "[control]",
            "directory = \"/run/timeball\"",
            "[[refclock]]",
            "name = \"gps\"",
            "driver = \"nmea\"",
            "device = \"" + guest.serialDevice() + "\"",
            "baud = 9600",
            "pulse = { device = \"/dev/pps0\" }",
            // The host moves the line up to so late, and no pulse tells that it is.
            "pulse-uncertainty = \"1 ms\"");
    String file =
        Stream.concat(lines.stream(), Stream.of(more))
            .map(line -> "'" + line + "'")
            .collect(Collectors.joining(" "));
    guest.run("printf '%s\\n' " + file + " >" + CONFIGURATION);
    int mark = guest.console().size();
    guest.startJava("org.timeball.cli.Main run --config " + CONFIGURATION);
    return new GuestDaemon(guest, mark);
  }

  /** Waits for something it says, from its start on. */
  String await(String marker, double idleSeconds) throws Exception {
    return guest.console().await(mark, marker, idleSeconds);
  }

  /** Whether it has said something since its start. */
  boolean hasSaid(String part) {
    return guest.console().since(mark).stream().anyMatch(line -> line.contains(part));
  }

  /** What {@code timeball status} prints of it. */
  String status() throws Exception {
    return guest.runJava("org.timeball.cli.Main status --directory /run/timeball");
  }

  /** Ends it without a warning: it can save nothing. */
  void kill() throws Exception {
    guest.run("kill -9 $(pidof java)");
  }

  /** Asks it to end, and waits until it has. */
  void stop() throws Exception {
    guest.run("kill $(pidof java); while pidof java; do usleep 100000; done");
  }
}
