package org.timeball.sim.story;

import static org.timeball.sim.story.Scene.minutes;

import java.util.List;
import java.util.function.UnaryOperator;
import org.timeball.sim.receiver.Fault;
import org.timeball.sim.receiver.ReceiverSettings;

/** A receiver, its antenna or its cables have trouble, or the machine under the daemon has. */
final class ReceiverStories {
  /** By then every server with a good receiver is synchronised. */
  private static final int STARTED = minutes(3);

  /** Seconds: what pulses and an ordinary oscillator give, with a margin. */
  private static final double GOOD = 5e-6;

  /**
   * Seconds: after ten minutes without pulses, beside what the oscillator does by itself. Best
   * estimates of the frequency leave 2 µs (standard deviation); the oscillator strays by 8.5 µs.
   */
  private static final double HELD = 10e-6;

  /** By so much later than an outage it is over for the clock, too. */
  private static final int RECOVERED = 60;

  static final List<Story> ALL =
      List.of(
          new Story("antenna-outage", "no satellites for ten minutes", ReceiverStories::antenna),
          new Story(
              "unplugged-line",
              "the serial cable is out for ten minutes; pulses go on",
              ReceiverStories::unplugged),
          new Story(
              "broken-pulse-wire",
              "no pulses for ten minutes; sentences go on",
              ReceiverStories::withoutPulses),
          new Story(
              "lost-pulses",
              "three pulses of ten are lost",
              s -> faulty(s, ReceiverStories::losing, GOOD)),
          new Story(
              "doubled-pulses",
              "every pulse comes twice, 0.3 s apart, for ten minutes",
              s -> faulty(s, r -> r.withFault(1800, 2400, new Fault.DoubledPulses(0.3)), GOOD)),
          new Story(
              "popcorn-pulses",
              "one pulse in twenty is up to a millisecond off",
              ReceiverStories::popcorn),
          new Story(
              "wrong-edge",
              "the pulse begins with the falling edge",
              s -> faulty(s, r -> r.withFault(0, 1_000_000, new Fault.InvertedPulse()), GOOD)),
          new Story(
              "half-second-sentences",
              "sentences come half a second late for ten minutes",
              ReceiverStories::halfSecond),
          new Story(
              "noisy-line",
              "one octet in fifty is damaged",
              s -> faulty(s, r -> r.withFault(1800, 2400, new Fault.Noise(0.02)), GOOD)),
          new Story(
              "week-rollover",
              "the receiver's date is 1024 weeks too early",
              s -> faulty(s, r -> r.withFault(0, 1_000_000, new Fault.WeekRollover(1)), GOOD)),
          new Story(
              "wrong-leap-count",
              "a warming receiver is 3 s wrong for 13 minutes; a server disagrees",
              ReceiverStories::wrongLeapCount),
          new Story(
              "spoofed-jump",
              "the receiver jumps by an hour, and back after ten minutes",
              ReceiverStories::spoofedJump),
          new Story(
              "spoofed-walk",
              "the receiver walks away by 1 µs a second; three servers disagree",
              ReceiverStories::spoofedWalk),
          new Story(
              "interference",
              "somebody else moves the clock by +100 s, -100 s, +1e5 s and -1e5 s",
              ReceiverStories::interference),
          new Story(
              "stopped-process", "the process stands still for ten minutes", ReceiverStories::stop),
          new Story(
              "kernel-loop",
              "the kernel's own loop steers the clocks; no satellites for ten minutes",
              ReceiverStories::kernelLoop),
          new Story(
              "warm-oscillator",
              "the temperature goes up and down, and the oscillator ages",
              ReceiverStories::warm),
          new Story(
              "heated-room",
              "a heater goes on and off every two hours; no satellites for an hour",
              scene -> heatedRoom(scene, false)),
          new Story(
              "heated-room-measured",
              "the same, and a sensor reads the temperature",
              scene -> heatedRoom(scene, true)));

  private ReceiverStories() {}

  private static void faulty(Scene scene, UnaryOperator<ReceiverSettings> change, double within) {
    Machine server = scene.stratumOne("server").receiver(change);
    scene.run(minutes(60));
    server
        .expect()
        .steps(1)
        .staysWithin(within, STARTED, minutes(60))
        .isServed(STARTED, minutes(60))
        .isHonest();
  }

  private static void antenna(Scene scene) {
    Machine server =
        scene.stratumOne("server").receiver(r -> r.withFault(3600, 4200, new Fault.NoFix()));
    Machine client = scene.client("client", server);
    scene.run(minutes(120));
    server
        .expect()
        .steps(1)
        .staysWithin(GOOD, STARTED, 3600)
        .holdsOverWithin(HELD, 3600, 4200)
        .staysWithin(GOOD, 4200 + RECOVERED, minutes(120))
        .isServed(STARTED, minutes(120))
        .statesMoreAndMore(3700, 4190)
        .isHonest();
    client.expect().steps(1).staysWithin(1e-3, STARTED, minutes(120)).isHonest();
  }

  private static void heatedRoom(Scene scene, boolean measured) {
    int from = minutes(600);
    Machine server =
        scene
            .stratumOne("server")
            .frequency("(+ 5e-6 (sum (* 1e-10 (normal))))")
            .heated(1e-7, 3, 7200)
            .receiver(r -> r.withFault(from, from + 3600, new Fault.NoFix()));
    if (measured) {
      server.thermometer();
    }
    scene.run(from + 4200);
    server
        .expect()
        .steps(1)
        .staysWithin(GOOD, STARTED, from)
        .staysWithin(measured ? 300e-6 : 2e-3, from, from + 3600)
        .isServed(STARTED, from + 4200)
        .isHonest();
  }

  private static void withoutPulses(Scene scene) {
    Machine server =
        scene.stratumOne("server").receiver(r -> r.withFault(1800, 2400, new Fault.NoPulses()));
    scene.run(minutes(60));
    holdsOverTenMinutes(server).isServed(STARTED, minutes(60)).isHonest();
  }

  /** From 1800 s to 2400 s of an hour nothing usable is heard. */
  private static Expectations holdsOverTenMinutes(Machine server) {
    return server
        .expect()
        .steps(1)
        .staysWithin(GOOD, STARTED, 1800)
        .holdsOverWithin(HELD, 1800, 2400)
        .staysWithin(GOOD, 2400 + RECOVERED, minutes(60));
  }

  private static void unplugged(Scene scene) {
    Machine server = scene.stratumOne("server");
    scene.at(1800, () -> server.node().plugSerial(false));
    scene.at(2400, () -> server.node().plugSerial(true));
    scene.run(minutes(60));
    server
        .expect()
        .steps(1)
        .staysWithin(GOOD, STARTED, minutes(60))
        .isServed(STARTED, minutes(60))
        .isHonest();
  }

  private static ReceiverSettings losing(ReceiverSettings receiver) {
    ReceiverSettings losing = receiver;
    for (int second = 0; second < minutes(60); second += 10) {
      losing = losing.withFault(second + 4, second + 7, new Fault.NoPulses());
    }
    return losing;
  }

  private static void popcorn(Scene scene) {
    Machine server =
        scene
            .stratumOne("server")
            .pulseError(() ->
                scene.random().nextInt(20) == 0 ? 2e-3 * (scene.random().nextDouble() - 0.5) : 0);
    scene.run(minutes(60));
    server
        .expect()
        .steps(1)
        .staysWithin(GOOD, minutes(10), minutes(60))
        .isServed(minutes(10), minutes(60))
        .isHonest();
  }

  private static void halfSecond(Scene scene) {
    Machine server =
        scene
            .stratumOne("server")
            .receiver(r -> r.withFault(1800, 2400, new Fault.LateSentences(0.42)));
    scene.run(minutes(60));
    server.expect().steps(1).staysWithin(GOOD, STARTED, minutes(60)).isHonest();
  }

  private static void wrongLeapCount(Scene scene) {
    int warm = minutes(13);
    Machine reference = scene.server("reference");
    Machine server =
        scene
            .stratumOne("server")
            .asks(reference)
            .receiver(r -> r.withFault(0, warm, new Fault.WrongSecond(3)));
    scene.run(minutes(60));
    server
        .expect()
        .servesNothingWorseThan(1e-3)
        .isServed(minutes(30), minutes(60))
        .staysWithin(GOOD, minutes(30), minutes(60))
        .isHonest();
  }

  private static void spoofedJump(Scene scene) {
    Machine server =
        scene
            .stratumOne("server")
            .receiver(r -> r.withFault(1800, 2400, new Fault.WrongSecond(3600)));
    scene.run(minutes(60));
    holdsOverTenMinutes(server).isHonest();
  }

  private static void spoofedWalk(Scene scene) {
    Machine server =
        scene
            .stratumOne("server")
            .asks(scene.server("first"), scene.server("second"), scene.server("third"))
            .pulseError(() -> Math.max(0, scene.now() - 1800) * 1e-6);
    scene.run(minutes(90));
    server
        .expect()
        .steps(1)
        // Three times what the path to the servers leaves open; nobody can see it earlier.
        .staysWithin(300e-6, STARTED, minutes(90))
        .isServed(STARTED, minutes(90));
  }

  private static void interference(Scene scene) {
    Machine server = scene.stratumOne("server");
    double[] moves = {100, -100, 1e5, -1e5};
    for (int i = 0; i < moves.length; i++) {
      double seconds = moves[i];
      scene.at(1800.5 + 900 * i, () -> server.node().disturb(seconds));
    }
    scene.run(minutes(90));
    Expectations expect = server.expect().steps(1 + moves.length).servesNothingWorseThan(GOOD);
    for (int i = 0; i < moves.length; i++) {
      int moved = 1800 + 900 * i;
      expect.isNotServed(moved + 1, moved + 3).isServed(moved + 120, moved + 900);
    }
    expect.says("somebody else moved it").isHonest();
  }

  private static void stop(Scene scene) {
    Machine server = scene.stratumOne("server");
    Machine client = scene.client("client", server);
    scene.at(1800.3, () -> server.node().stop());
    scene.at(2400.3, () -> server.node().resume());
    scene.run(minutes(60));
    holdsOverTenMinutes(server)
        .isNotServed(2401, 2403)
        .isServed(2520, minutes(60))
        .says("nothing ran for 600 s");
    client.expect().steps(1).staysWithin(1e-3, STARTED, minutes(60)).isHonest();
  }

  private static void kernelLoop(Scene scene) {
    Machine server =
        scene
            .stratumOne("server")
            .loopOfKernel()
            .receiver(r -> r.withFault(3600, 4200, new Fault.NoFix()));
    Machine client = scene.client("client", server).loopOfKernel();
    scene.run(minutes(120));
    server
        .expect()
        .steps(1)
        .staysWithin(GOOD, minutes(30), 3600)
        .staysWithin(GOOD, minutes(100), minutes(120))
        .isServed(STARTED, minutes(120))
        .isHonest();
    client.expect().steps(1).staysWithin(1e-3, STARTED, minutes(120)).isHonest();
  }

  private static void warm(Scene scene) {
    Machine server =
        scene
            .stratumOne("server")
            .frequency("(+ 10e-6 (sum 1e-12) (sum (* 1e-9 (normal))) (* 1e-6 (sine 3600)))");
    scene.run(minutes(120));
    server.expect().steps(1).staysWithin(GOOD, STARTED, minutes(120)).isHonest();
  }
}
