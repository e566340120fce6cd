package org.timeball.sim.story;

import static org.timeball.sim.story.Scene.minutes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.timeball.core.select.Fate;
import org.timeball.sim.world.Datagram;

/** Servers that are wrong, networks that are bad, and many machines at once. */
final class NetworkStories {
  /** By then every client has found its servers. */
  private static final int STARTED = minutes(5);

  static final List<Story> ALL =
      List.of(
          new Story(
              "falsetickers-2-of-5", "two servers of five are wrong", NetworkStories::twoOfFive),
          new Story(
              "falsetickers-3-of-5",
              "three servers of five are wrong, each in its own way",
              NetworkStories::threeOfFive),
          new Story("falsetickers-1-of-2", "two servers disagree", NetworkStories::oneOfTwo),
          new Story(
              "loop", "two servers ask each other, and the third is lost", NetworkStories::loop),
          new Story(
              "jumping-server", "the server jumps by a second for good", NetworkStories::jumps),
          new Story(
              "jumping-server-back",
              "the server jumps by a second for 130 s",
              NetworkStories::jumpsBack),
          new Story(
              "jumping-server-of-four",
              "one server of four jumps by a second",
              NetworkStories::jumpsAlone),
          new Story(
              "bad-network",
              "one datagram in ten is lost, one in twenty comes twice, many overtake each other",
              NetworkStories::badNetwork),
          new Story(
              "correlated-queues",
              "queues of up to some milliseconds come and go over minutes, each way by itself",
              NetworkStories::correlatedQueues),
          new Story(
              "subnet",
              "20 machines in three strata with a wrong server, a loop and a cut",
              s -> subnet(s, false)),
          new Story(
              "symmetric-subnet",
              "the same, and the second stratum asks each other in pairs, too",
              s -> subnet(s, true)));

  private NetworkStories() {}

  private static void twoOfFive(Scene scene) {
    Machine early = scene.server("early").offset(0.05);
    Machine late = scene.server("late").offset(-0.07);
    Machine right = scene.server("right");
    Machine client =
        scene.client("client", early, right, late, scene.server("second"), scene.server("third"));
    scene.run(minutes(60));
    client
        .expect()
        .steps(1)
        .staysWithin(100e-6, STARTED, minutes(60))
        .isServed(STARTED, minutes(60))
        .judges(early, Fate.FALSETICKER)
        .judges(late, Fate.FALSETICKER)
        .isHonest();
  }

  private static void threeOfFive(Scene scene) {
    Machine client =
        scene.client(
            "client",
            scene.server("first").offset(0.05),
            scene.server("right"),
            scene.server("second").offset(-0.07),
            scene.server("also right"),
            scene.server("third").offset(0.2));
    scene.run(minutes(30));
    client.expect().servesNothingWorseThan(0).isNotServed(STARTED, minutes(30));
  }

  private static void oneOfTwo(Scene scene) {
    Machine wrong = scene.server("wrong").offset(0.2);
    Machine client = scene.client("client", scene.server("right"), wrong);
    scene.run(minutes(30));
    client.expect().isNotServed(STARTED, minutes(30)).judges(wrong, Fate.NO_MAJORITY);
  }

  private static void loop(Scene scene) {
    Machine reference = scene.server("reference");
    Machine first = scene.client("first", reference);
    Machine second = scene.client("second", first);
    first.asks(second);
    scene.carriage(
        datagram -> scene.now() > 1800 && touches(datagram, Set.of(reference.number())) ? 0 : 1);
    scene.run(minutes(90));
    first
        .expect()
        .steps(1)
        .judges(second, Fate.LOOP)
        .statesMoreAndMore(minutes(40), minutes(90))
        .staysWithin(1e-3, STARTED, minutes(90))
        .isHonest();
    second.expect().steps(1).staysWithin(1e-3, STARTED, minutes(90)).isHonest();
  }

  private static boolean touches(Datagram datagram, Set<Integer> nodes) {
    return nodes.contains(datagram.from()) || nodes.contains(datagram.to());
  }

  private static void jumps(Scene scene) {
    Machine server = scene.server("server").step("(equal 0.5 (sum 1) 1801)");
    Machine client = scene.client("client", server);
    scene.run(minutes(60));
    client
        .expect()
        .steps(2)
        .staysWithin(100e-6, STARTED, 2050)
        .staysWithin(100e-6, 1, 2400, minutes(60));
  }

  private static void jumpsBack(Scene scene) {
    Machine server =
        scene.server("server").step("(+ (equal 0.5 (sum 1) 1801) (* -1 (equal 0.5 (sum 1) 1931)))");
    Machine client = scene.client("client", server);
    scene.run(minutes(60));
    client.expect().steps(1).staysWithin(100e-6, STARTED, minutes(60)).isHonest();
  }

  private static void jumpsAlone(Scene scene) {
    Machine jumps = scene.server("jumping").step("(equal 0.5 (sum 1) 1801)");
    Machine client =
        scene.client(
            "client", scene.server("first"), jumps, scene.server("second"), scene.server("third"));
    scene.run(minutes(60));
    client
        .expect()
        .steps(1)
        .staysWithin(100e-6, STARTED, minutes(60))
        .isServed(STARTED, minutes(60))
        .judges(jumps, Fate.FALSETICKER)
        .isHonest();
  }

  private static void badNetwork(Scene scene) {
    Machine client =
        scene.client(
            "client", scene.server("first"), scene.server("second"), scene.server("third"));
    scene.delay("(+ 5e-3 (* 20e-3 (exponential)))");
    scene.carriage(datagram -> {
      double chance = scene.random().nextDouble();
      return chance < 0.1 ? 0 : chance < 0.15 ? 2 : 1;
    });
    scene.run(minutes(120));
    client
        .expect()
        .steps(1)
        .staysWithin(5e-3, minutes(15), minutes(120))
        .isServed(minutes(15), minutes(120))
        .isHonest();
  }

  /** A queue is a walk that cannot go below empty. */
  private static void correlatedQueues(Scene scene) {
    Machine client =
        scene.client(
            "client", scene.server("first"), scene.server("second"), scene.server("third"));
    scene.delay("(+ 5e-3 (* 0.1e-3 (exponential)) (max 0 (sum (* 0.3e-3 (normal)))))");
    scene.run(minutes(120));
    client
        .expect()
        .steps(1)
        .staysWithin(5e-3, STARTED, minutes(120))
        .isServed(STARTED, minutes(120))
        .isHonest();
  }

  private static void subnet(Scene scene, boolean pairs) {
    Machine[] first = new Machine[4];
    for (int i = 0; i < first.length; i++) {
      first[i] = scene.server("stratum 1." + i);
    }
    first[3].offset(0.1);
    Machine[] second = new Machine[8];
    for (int i = 0; i < second.length; i++) {
      second[i] = scene.client("stratum 2." + i, first);
    }
    for (int i = 0; pairs && i < 4; i++) {
      second[i].peersWith(second[i + 4]);
    }
    Machine[] third = new Machine[8];
    for (int i = 0; i < third.length; i++) {
      third[i] =
          scene.client("stratum 3." + i, second[i], second[(i + 1) % 8], second[(i + 3) % 8]);
    }
    second[0].asks(third[0]);
    // A cut: half of the second stratum hears nobody of the first for half an hour.
    Set<Integer> left = Set.of(second[0].number(), second[1].number(), second[2].number());
    Set<Integer> above = Set.of(1, 2, 3, 4);
    scene.carriage(datagram ->
        scene.now() > 1800
                && scene.now() < 3600
                && touches(datagram, left)
                && touches(datagram, above)
            ? 0
            : 1);
    scene.run(minutes(90));
    List<Machine> clients = new ArrayList<>(List.of(second));
    clients.addAll(List.of(third));
    for (Machine client : clients) {
      client
          .expect()
          .steps(1)
          .staysWithin(1e-3, minutes(10), minutes(90))
          .isServed(minutes(10), minutes(90))
          .isHonest();
    }
    second[5].expect().judges(first[3], Fate.FALSETICKER);
  }
}
