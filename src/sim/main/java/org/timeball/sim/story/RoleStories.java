package org.timeball.sim.story;

import static org.timeball.sim.story.Scene.minutes;

import java.util.List;
import org.timeball.sim.node.BrainNode;

/** Servers with a place among others: standby units, and machines that are left alone together. */
final class RoleStories {
  private static final int STARTED = minutes(5);

  static final List<Story> ALL =
      List.of(
          new Story(
              "standby-pair",
              "the active unit of two fails for half an hour; the other has a receiver, too",
              s -> pair(s, true)),
          new Story(
              "standby-holdover",
              "the active unit of two fails for half an hour; the other has its clock alone",
              s -> pair(s, false)),
          new Story(
              "orphans",
              "three machines without a source agree on one of them, until a server is heard",
              RoleStories::orphans));

  private RoleStories() {}

  private static void pair(Scene scene, boolean receiver) {
    Machine active = scene.stratumOne("active");
    Machine standby =
        (receiver ? scene.stratumOne("standby").asks(active) : scene.client("standby", active))
            .standsBy(active);
    Machine client = scene.client("client", standby);
    scene.at(minutes(30), () -> active.node().stop());
    scene.at(minutes(60), () -> active.node().resume());
    follows(scene, standby, active, minutes(29));
    if (receiver) {
      scene.at(
          minutes(59),
          () -> {
            int stratum = standby.node().published().stratum();
            scene.promise("standby serves by its own receiver", stratum == 1, "stratum " + stratum);
          });
    }
    follows(scene, standby, active, minutes(89));
    scene.run(minutes(90));
    // In half an hour of holdover the oscillator strays by 44 µs, one standard deviation.
    double standbyError = receiver ? 100e-6 : 200e-6;
    standby
        .expect()
        .steps(1)
        .staysWithin(standbyError, STARTED, minutes(90))
        .isServed(STARTED, minutes(90))
        .isHonest();
    client
        .expect()
        .steps(1)
        .staysWithin(2 * standbyError, STARTED, minutes(90))
        .isServed(STARTED, minutes(90))
        .isHonest();
  }

  private static void follows(Scene scene, Machine who, Machine whom, int second) {
    scene.at(
        second,
        () -> {
          String found = who.node().status().system().source().orElse("nobody");
          scene.promise(
              "%s follows %s at %d s".formatted(who.name(), whom.name(), second),
              found.equals(BrainNode.nameOf(whom.number())),
              found);
        });
  }

  private static void orphans(Scene scene) {
    Machine server = scene.server("server");
    Machine first = scene.client("first", server).orphan(10, minutes(5));
    Machine second = scene.client("second", server, first).orphan(10, minutes(5));
    Machine third = scene.client("third", server, first, second).orphan(10, minutes(5));
    first.asks(second, third);
    second.asks(third);
    scene.carriage(datagram ->
        scene.now() < minutes(60)
                && (datagram.from() == server.number() || datagram.to() == server.number())
            ? 0
            : 1);
    follows(scene, second, first, minutes(58));
    follows(scene, third, first, minutes(58));
    scene.at(
        minutes(58),
        () -> {
          int stratum = first.node().published().stratum();
          scene.promise("first serves its own clock", stratum == 10, "stratum " + stratum);
        });
    scene.run(minutes(120));
    for (Machine other : List.of(second, third)) {
      double apart = 0;
      for (int s = minutes(20); s < minutes(60); s++) {
        apart = Math.max(apart, Math.abs(other.diary().error(s) - first.diary().error(s)));
      }
      scene.promise(
          other.name() + " agrees with first within 1 ms while they are alone",
          apart <= 1e-3,
          "%.1f µs".formatted(apart * 1e6));
    }
    for (Machine machine : List.of(first, second, third)) {
      machine
          .expect()
          .staysWithin(100e-6, minutes(75), minutes(120))
          .isServed(minutes(75), minutes(120));
    }
  }
}
