package org.timeball.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scenarios that there are, in the very expressions in which chrony and ntpd were measured. */
public final class Scenarios {
  /** The name of the scenarios that are drawn. */
  public static final String RANDOM = "random";

  private static final int LONG = 110_000;
  private static final int LONG_SETTLING = 10_000;
  private static final int PULSES = 50_000;
  private static final int PULSES_SETTLING = 5000;

  private static final String LAN = "(+ 90e-6 (* 10e-6 (exponential)))";
  private static final String NORMAL_LAN = "(+ 150e-6 (* 10e-6 (normal)))";
  private static final String WAN = "(+ 14e-3 (* 1e-3 (exponential)))";
  private static final String CONGESTED =
      "(+ 14e-3 (* 1e-3 (exponential)) (* (equal 450 (% time 3600) 450) (+ 5e-3 (* 10e-3"
          + " (exponential)))))";
  private static final String HEAVY_UP = "(+ 9e-3 (* 1e-3 (exponential)))";
  private static final String HEAVY_DOWN = "(+ 9e-3 (* 20e-3 (exponential) (uniform)))";
  private static final String REGIONAL = "(+ 5e-3 (* 0.5e-3 (exponential)))";
  private static final String PULSE = "(* 1e-6 (normal))";
  private static final String BAD_PULSE =
      "(+ (* 1e-6 (normal)) (* 1e-3 (equal 0.025 (uniform) 0.025) (+ -1 (* 2 (equal 0.25"
          + " (uniform) 0.25)))))";

  /** All packets of the last hour of every four are lost. */
  private static final String OUTAGE =
      "(+ 90e-6 (* 10e-6 (exponential)) (* -1 (equal 1800 (% time 14400) 12600)))";

  private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

  static {
    network("S1", "a quiet local network", walk("1e-9"), LAN, LAN, 6, 6);
    network("S1p4", "a quiet local network, asked every 16 s", walk("1e-9"), LAN, LAN, 4, 4);
    network("S1auto", "S1, the client chooses the interval", walk("1e-9"), LAN, LAN, 6, 10);
    network("S1n", "S1 with normal delays", walk("1e-9"), NORMAL_LAN, NORMAL_LAN, 6, 6);
    network("S2", "S1 with a calm oscillator", walk("1e-10"), LAN, LAN, 6, 6);
    network("S2p4", "S2, asked every 16 s", walk("1e-10"), LAN, LAN, 4, 4);
    network("S2auto", "S2, the client chooses the interval", walk("1e-10"), LAN, LAN, 6, 10);
    network("S3", "a server far away", walk("1e-9"), WAN, WAN, 6, 6);
    network("S3w10", "S3 with a calm oscillator", walk("1e-10"), WAN, WAN, 6, 6);
    network("S3auto", "S3, the client chooses the interval", walk("1e-9"), WAN, WAN, 6, 10);
    network("S4", "one way congested 15 minutes of every hour", walk("1e-9"), WAN, CONGESTED, 6, 6);
    network("S4heavy", "one way always congested", walk("1e-9"), HEAVY_UP, HEAVY_DOWN, 6, 6);
    for (String[] start : new String[][] {{"a", "0.1"}, {"b", "100"}, {"c", "0.01"}}) {
      add(
          new Scenario(
              "S5" + start[0],
              "a start " + start[1] + " s and 100 ppm off",
              "node2_offset = "
                  + start[1]
                  + "\nnode2_freq = (+ 100e-6 (sum (* 1e-10 (normal))))\n"
                  + link(LAN, LAN),
              2,
              6,
              6,
              false,
              20_000,
              LONG_SETTLING));
    }
    pulses("S6a", "pulses, a wild oscillator", walk("1e-8"), PULSE);
    pulses("S6b", "S6a with temperature", warm("1e-8"), PULSE);
    pulses("S6c", "pulses with temperature", warm("1e-9"), PULSE);
    pulses("S6d", "pulses", walk("1e-9"), PULSE);
    pulses("S7", "one pulse in twenty is a millisecond off", walk("1e-9"), BAD_PULSE);
    pulses("S7p2", "the same; a pulse has no poll interval", walk("1e-9"), BAD_PULSE);
    network("S8", "S1, one hour in four without a network", walk("1e-9"), OUTAGE, OUTAGE, 6, 6);
    network("S8w10", "S2, one hour in four without a network", walk("1e-10"), OUTAGE, OUTAGE, 6, 6);
    fourServers("S9a", "four servers, one 20 ms off", "node1_offset = 0.02\n");
    fourServers("S9b", "four servers, one drifts by 1 ppm", "node1_freq = (+ 1e-6)\n");
    network(
        "S10",
        "the server jumps by a second for good",
        walk("1e-10"),
        LAN,
        LAN,
        6,
        6,
        "node1_step = (equal 0.5 (sum 1) 20001)\n");
    network(
        "S10b",
        "the server jumps by a second for 130 s",
        walk("1e-10"),
        LAN,
        LAN,
        6,
        6,
        "node1_step = (+ (equal 0.5 (sum 1) 20001) (* -1 (equal 0.5 (sum 1) 20131)))\n");
    fourServers(
        "S10c", "one server of four jumps by a second", "node1_step = (equal 0.5 (sum 1) 20001)\n");
  }

  private Scenarios() {}

  /** Every scenario, in order. */
  public static List<Scenario> all() {
    return new ArrayList<>(ALL.values());
  }

  /** The scenario of that name; {@code random} is another with every seed. */
  public static Optional<Scenario> find(String id, long seed) {
    return id.equals(RANDOM)
        ? Optional.of(RandomScenario.draw(RANDOM, seed))
        : Optional.ofNullable(ALL.get(id));
  }

  private static void add(Scenario scenario) {
    ALL.put(scenario.id(), scenario);
  }

  /** A frequency that walks at random, by so much a square root of a second. */
  private static String walk(String wander) {
    return "(+ 10e-6 (sum (* " + wander + " (normal))))";
  }

  /** The same with a temperature that goes up and down twice an hour. */
  private static String warm(String wander) {
    return "(+ 10e-6 (sum (* " + wander + " (normal))) (* 0.3e-6 (sine 1800)))";
  }

  private static String link(String up, String down) {
    return "node2_delay1 = " + up + "\nnode1_delay2 = " + down + "\n";
  }

  private static void network(
      String id,
      String story,
      String frequency,
      String up,
      String down,
      int minimumPoll,
      int maximumPoll) {
    network(id, story, frequency, up, down, minimumPoll, maximumPoll, "");
  }

  private static void network(
      String id,
      String story,
      String frequency,
      String up,
      String down,
      int minimumPoll,
      int maximumPoll,
      String more) {
    add(
        new Scenario(
            id,
            story,
            "node2_freq = " + frequency + "\n" + link(up, down) + more,
            2,
            minimumPoll,
            maximumPoll,
            false,
            LONG,
            LONG_SETTLING));
  }

  private static void pulses(String id, String story, String frequency, String noise) {
    add(
        new Scenario(
            id,
            story,
            "node1_offset = 0.01\nnode1_freq = " + frequency + "\nnode1_refclock = " + noise,
            1,
            4,
            4,
            true,
            PULSES,
            PULSES_SETTLING));
  }

  private static void fourServers(String id, String story, String more) {
    StringBuilder links = new StringBuilder("node5_freq = " + walk("1e-9") + "\n");
    for (int server = 1; server <= 4; server++) {
      links.append("node5_delay").append(server).append(" = ").append(REGIONAL).append('\n');
      links.append("node").append(server).append("_delay5 = ").append(REGIONAL).append('\n');
    }
    add(new Scenario(id, story, links + more, 5, 6, 6, false, LONG, LONG_SETTLING));
  }
}
