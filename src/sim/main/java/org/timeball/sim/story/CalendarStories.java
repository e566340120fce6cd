package org.timeball.sim.story;

import static org.timeball.sim.story.Scene.minutes;

import java.time.Instant;
import java.util.List;
import org.timeball.core.LeapSecond;
import org.timeball.core.NearLeap;
import org.timeball.core.leap.Smear;
import org.timeball.core.select.Fate;
import org.timeball.sim.clock.KernelClockModel.LeapState;
import org.timeball.time.Leap;

/** Leap seconds, the ends of eras, and clocks that are years wrong. */
final class CalendarStories {
  private static final int STARTED = minutes(5);

  /** Seconds. */
  private static final double SERVER_ERROR = 5e-6;

  private static final double CLIENT_ERROR = 100e-6;

  private static final long SECOND = 1_000_000_000L;

  private static final double YEAR = 365.2425 * 86_400;

  private static final String MIDNIGHT = "2027-01-01T00:00:00Z";

  static final List<Story> ALL =
      List.of(
          new Story(
              "leap-insert",
              "a second is inserted, seen from server and client",
              s -> leap(s, true)),
          new Story(
              "leap-delete",
              "a second is left out, seen from server and client",
              s -> leap(s, false)),
          new Story(
              "leap-smear",
              "a second is inserted, and clients of one server are shown it spread over a day",
              CalendarStories::smear),
          new Story(
              "wrong-leap-flag",
              "a server announces a leap second that does not come",
              CalendarStories::wrongFlag),
          new Story("boot-1970", "the clocks start in 1970", s -> boot(s, -57 * YEAR)),
          new Story("boot-2035", "the clocks start in 2035", s -> boot(s, 8 * YEAR)),
          new Story(
              "era-2036", "the seconds of NTP begin anew", s -> passes(s, "2036-02-07T05:58:16Z")),
          new Story(
              "year-2038", "Unix time outgrows 31 bits", s -> passes(s, "2038-01-19T02:44:08Z")));

  private CalendarStories() {}

  private static void leap(Scene scene, boolean inserted) {
    int midnight = minutes(30);
    String file = LeapFileText.withLeapAt(Instant.parse(MIDNIGHT).getEpochSecond(), inserted);
    scene.startsAt("2026-12-31T23:30:00Z");
    Machine server = scene.stratumOne("server").leapFile(file);
    Machine client = scene.client("client", server).leapFile(file);
    scene.leap(midnight, inserted);
    scene.run(minutes(60));
    LeapState[] states =
        inserted
            ? new LeapState[] {
              LeapState.OK, LeapState.INSERT, LeapState.OUT_OF_PHASE, LeapState.WAIT, LeapState.OK
            }
            : new LeapState[] {LeapState.OK, LeapState.DELETE, LeapState.WAIT, LeapState.OK};
    server
        .expect()
        .steps(1)
        .staysWithin(SERVER_ERROR, STARTED, minutes(60))
        .isServed(STARTED, minutes(60))
        .kernelGoesThrough(states)
        .countsTai(inserted ? 38 : 36)
        .isHonest();
    client
        .expect()
        .steps(1)
        .staysWithin(CLIENT_ERROR, STARTED, minutes(60))
        .isServed(STARTED, minutes(60))
        .kernelGoesThrough(states)
        .countsTai(inserted ? 38 : 36)
        .isHonest();
  }

  private static void smear(Scene scene) {
    int midnight = minutes(60);
    Instant end = Instant.parse(MIDNIGHT);
    LeapSecond leap = new LeapSecond(Leap.INSERT, end.getEpochSecond());
    String file = LeapFileText.withLeapAt(end.getEpochSecond(), true);
    scene.startsAt("2026-12-31T23:00:00Z");
    Machine server = scene.stratumOne("server").leapFile(file);
    Machine client =
        scene.client("client", server, scene.stratumOne("second").leapFile(file)).leapFile(file);
    scene.leap(midnight, true);
    Smear smear = new Smear(Smear.Shape.LINEAR, 86_400);
    scene.at(0, () -> server.node().smear(smear));
    double[] worst = {0};
    Runnable look =
        () -> {
          long counted = (end.getEpochSecond() - midnight) * SECOND + (long) (scene.now() * SECOND);
          long right = smear.shownUnixNanos(new NearLeap(leap, 0, counted), counted, 0);
          double error = (server.node().shownUnixNanos() - right) * 1e-9;
          worst[0] = Math.abs(error) > Math.abs(worst[0]) ? error : worst[0];
        };
    for (double at = STARTED; at < minutes(120); at += Math.abs(at - midnight) < 5 ? 0.013 : 7.3) {
      scene.at(at, look);
    }
    scene.run(minutes(120));
    scene.promise(
        "server shows the spread second right within 5 µs, before, through and after midnight",
        Math.abs(worst[0]) <= SERVER_ERROR,
        "%+.3f µs at worst".formatted(worst[0] * 1e6));
    server
        .expect()
        .steps(1)
        .staysWithin(SERVER_ERROR, STARTED, minutes(120))
        .isServed(STARTED, minutes(120))
        .isHonest();
    client
        .expect()
        .steps(1)
        .staysWithin(CLIENT_ERROR, STARTED, minutes(120))
        .judges(server, Fate.SMEARED)
        .isHonest();
  }

  private static void wrongFlag(Scene scene) {
    scene.startsAt("2026-12-31T23:30:00Z");
    Machine client =
        scene.client(
            "client",
            scene.server("server").announces(Leap.INSERT),
            scene.server("right"),
            scene.server("also right"));
    scene.run(minutes(60));
    client
        .expect()
        .steps(1)
        .staysWithin(CLIENT_ERROR, STARTED, minutes(60))
        .kernelGoesThrough(LeapState.OK)
        .isHonest();
  }

  private static void boot(Scene scene, double wrongBy) {
    Machine server = scene.stratumOne("server").offset(wrongBy);
    Machine client = scene.client("client", server).offset(wrongBy);
    scene.run(minutes(30));
    server
        .expect()
        .servesNothingWorseThan(SERVER_ERROR)
        .steps(1)
        .staysWithin(SERVER_ERROR, STARTED, minutes(30))
        .isServed(STARTED, minutes(30));
    client
        .expect()
        .servesNothingWorseThan(CLIENT_ERROR)
        .staysWithin(CLIENT_ERROR, STARTED, minutes(30))
        .isServed(STARTED, minutes(30));
  }

  private static void passes(Scene scene, String start) {
    scene.startsAt(start);
    Machine server = scene.stratumOne("server").offset(0.1);
    Machine client = scene.client("client", server).offset(-0.1);
    scene.run(minutes(60));
    server
        .expect()
        .steps(1)
        .staysWithin(SERVER_ERROR, STARTED, minutes(60))
        .isServed(STARTED, minutes(60))
        .isHonest();
    client
        .expect()
        .steps(1)
        .staysWithin(CLIENT_ERROR, STARTED, minutes(60))
        .isServed(STARTED, minutes(60))
        .isHonest();
  }
}
