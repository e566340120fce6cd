package org.timeball.core.discipline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JointEstimatorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_800_000_000L * SECOND;
  private static final int INTERVAL = 64;

  /** Chosen: about three averaging times of one server's own estimate. */
  private static final int SETTLED = 150;

  /**
   * How late a leg is beyond its least, and what the joint error may be of that of the servers'
   * mean.
   */
  enum Law {
    EXPONENTIAL(0.9),
    NORMAL(0.97),
    ONE_OF_EACH(0.85);

    final double limit;

    Law(double limit) {
      this.limit = limit;
    }

    double late(Random random, int server) {
      boolean normal = this == NORMAL || (this == ONE_OF_EACH && server % 2 == 0);
      return normal
          ? 3e-3 + 500e-6 * random.nextGaussian()
          : -500e-6 * Math.log(1 - random.nextDouble());
    }
  }

  private static final class Server {
    final ExchangeEstimator own = new ExchangeEstimator(true);
    final Deque<Runnable> underway = new ArrayDeque<>();
    double outbound = 5e-3;
    double inbound = 5e-3;
    double error;
    boolean right = true;
    boolean isLate;
  }

  /** A client whose oscillator is 30 ppm fast and walks by 1e-9 a second. */
  private static final class World {
    final Random random;
    final Law law;
    final List<Server> servers = new ArrayList<>();
    final JointEstimator joint = new JointEstimator();
    double now;
    double raw;
    double rate = 1 + 30e-6;

    World(long seed, Law law, int servers) {
      this.random = new Random(seed);
      this.law = law;
      for (int i = 0; i < servers; i++) {
        this.servers.add(new Server());
      }
    }

    /** Asks everybody once, and lets the interval pass. */
    void round() {
      for (int i = 0; i < servers.size(); i++) {
        if (servers.get(i).right) {
          exchange(servers.get(i), i);
        }
        joint.take(members());
      }
      for (int i = 0; i < INTERVAL; i++) {
        now += 1;
        raw += rate;
        rate += 1e-9 * random.nextGaussian();
      }
    }

    /** All are asked at one moment, and each exchange's middle is that moment. */
    private void exchange(Server server, int index) {
      double outbound = server.outbound + law.late(random, index);
      double inbound = server.inbound + law.late(random, index);
      long half = Math.round((outbound + inbound) / 2 * rate * 1e9);
      long t1 = rawNanos() - half;
      long t4 = rawNanos() + half;
      long t2 = START + Math.round((now + (outbound - inbound) / 2 + server.error) * 1e9);
      server.underway.add(() -> {
        var _ = server.own.update(t1, t2, t2, t4);
      });
      while (server.underway.size() > (server.isLate && random.nextBoolean() ? 1 : 0)) {
        server.underway.remove().run();
      }
    }

    List<JointEstimator.Member> members() {
      return servers.stream()
          .filter(s -> s.right && s.own.isReady())
          .map(s -> new JointEstimator.Member(s.own, part(s)))
          .toList();
    }

    private Combination.Part part(Server server) {
      return new Combination.Part(server.own.at(rawNanos()), server.own.leastDelay() / 20);
    }

    long rawNanos() {
      return Math.round(raw * 1e9);
    }

    double error(TimeEstimate estimate) {
      return (estimate.unixNanos() - START) * 1e-9 - now;
    }

    double error() {
      return error(joint.at(rawNanos()));
    }

    /** Of the mean of what each server tells by itself. */
    double errorOfMean() {
      return error(Combination.of(members().stream().map(JointEstimator.Member::part).toList()));
    }

    void rounds(int rounds) {
      for (int i = 0; i < rounds; i++) {
        round();
      }
    }
  }

  /** Just before the next round, when they are largest. */
  private static final class Errors {
    double squares;
    double ofMean;
    double inSigmas;
    int count;

    void measure(World world, int rounds) {
      for (int i = 0; i < rounds; i++) {
        world.round();
        double error = world.error();
        double sigma = world.joint.at(world.rawNanos()).phaseSigma();
        squares += error * error;
        inSigmas += error * error / (sigma * sigma);
        ofMean += world.errorOfMean() * world.errorOfMean();
        count++;
      }
    }

    double rms() {
      return Math.sqrt(squares / count);
    }

    double rmsOfMean() {
      return Math.sqrt(ofMean / count);
    }

    double normalised() {
      return Math.sqrt(inSigmas / count);
    }
  }

  @ParameterizedTest
  @EnumSource
  void knowsMoreThanTheMeanOfWhatEachServerTellsAndIsHonestAboutIt(Law law) {
    Errors errors = new Errors();
    for (long seed = 1; seed <= 6; seed++) {
      World world = new World(seed, law, 3);
      world.rounds(SETTLED);
      errors.measure(world, 600);
    }
    assertThat(errors.rms()).isLessThan(law.limit * errors.rmsOfMean());
    assertThat(errors.normalised()).isBetween(0.75, 1.3);
  }

  /** By ± 0.5 ms, so that their middle is right. */
  @Test
  void isNoWorseWherePathsDifferForGood() {
    Errors errors = new Errors();
    for (long seed = 1; seed <= 6; seed++) {
      World world = new World(seed, Law.EXPONENTIAL, 3);
      world.servers.get(0).inbound += 1e-3;
      world.servers.get(1).outbound += 1e-3;
      world.rounds(SETTLED);
      errors.measure(world, 600);
    }
    assertThat(errors.rms()).isLessThan(errors.rmsOfMean());
    assertThat(errors.normalised()).isBetween(0.75, 1.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aServerThatGoesAndComesBackDoesNotStepIt(long seed) {
    World world = new World(seed, Law.EXPONENTIAL, 3);
    Server biased = world.servers.get(2);
    biased.inbound += 1e-3;
    world.rounds(2 * SETTLED);
    double before = world.error();
    double meanBefore = world.errorOfMean();
    biased.right = false;
    world.rounds(5);
    assertThat(Math.abs(world.errorOfMean() - meanBefore)).isGreaterThan(100e-6);
    assertThat(Math.abs(world.error() - before)).isLessThan(70e-6);
    world.rounds(10);
    before = world.error();
    biased.right = true;
    world.rounds(5);
    assertThat(Math.abs(world.error() - before)).isLessThan(70e-6);
  }

  @Test
  void goesOnWithOneServerButDoesNotBeginWithOne() {
    World alone = new World(1, Law.EXPONENTIAL, 1);
    alone.rounds(SETTLED);
    assertThat(alone.joint.isReady()).isFalse();

    World left = new World(1, Law.EXPONENTIAL, 2);
    left.rounds(SETTLED);
    left.servers.get(1).right = false;
    left.rounds(20);
    assertThat(left.joint.isReady()).isTrue();
    assertThat(Math.abs(left.error())).isLessThan(100e-6);
  }

  /** Half of what the route grows by would be 500 µs; a mean of the three errs by a third of it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isHardlyMovedByOneRouteThatBecomesLongerOneWay(long seed) {
    World world = new World(seed, Law.EXPONENTIAL, 3);
    world.rounds(2 * SETTLED);
    world.servers.get(2).inbound += 1e-3;
    world.rounds(120);
    assertThat(Math.abs(world.errorOfMean())).isGreaterThan(100e-6);
    assertThat(Math.abs(world.error())).isLessThan(90e-6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void beginsAnewWhenTheServersContradictIt(long seed) {
    World world = new World(seed, Law.EXPONENTIAL, 3);
    world.rounds(SETTLED);
    world.rate += 20e-6;
    for (int i = 0; i < 60; i++) {
      world.round();
      assertThat(!world.joint.isReady() || Math.abs(world.error() - world.errorOfMean()) < 5e-3)
          .isTrue();
    }
    world.rounds(40);
    assertThat(world.joint.isReady()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(100e-6);
  }

  @Test
  void knowsNothingUntilServersTellThePhaseAnewWhenTheRawScaleStoodStill() {
    World world = new World(3, Law.EXPONENTIAL, 3);
    world.rounds(SETTLED);
    world.servers.forEach(s -> s.own.forgetPhase());
    world.now += 7;
    world.round();
    assertThat(world.joint.isReady()).isFalse();
    world.rounds(60);
    assertThat(world.joint.isReady()).isTrue();
    assertThat(Math.abs(world.error())).isLessThan(100e-6);
  }

  @Test
  void beginsAnewWithoutAServerThatPulledItAlongAndOnlyThen() {
    World world = new World(2, Law.EXPONENTIAL, 3);
    Server wrong = world.servers.get(0);
    for (int i = 0; i < SETTLED; i++) {
      wrong.error += INTERVAL * 0.2e-6;
      world.round();
    }
    wrong.right = false;
    world.joint.exclude(new ExchangeEstimator(true));
    assertThat(world.joint.isReady()).isTrue();
    world.joint.exclude(wrong.own);
    assertThat(world.joint.isReady()).isFalse();
    world.rounds(SETTLED);
    assertThat(Math.abs(world.error())).isLessThan(70e-6);
  }

  /** As in the interleaved mode, in which an exchange may be complete with the next one only. */
  @Test
  void takesExchangesThatAreOlderThanThoseOfOthers() {
    Errors errors = new Errors();
    for (long seed = 1; seed <= 6; seed++) {
      World world = new World(seed, Law.EXPONENTIAL, 3);
      world.servers.get(2).isLate = true;
      world.rounds(SETTLED);
      errors.measure(world, 600);
    }
    assertThat(errors.rms()).isLessThan(errors.rmsOfMean());
    assertThat(errors.normalised()).isBetween(0.75, 1.3);
  }

  @Test
  void followsTimeThatIsRenumbered() {
    World world = new World(2, Law.EXPONENTIAL, 3);
    world.rounds(SETTLED);
    long before = world.joint.at(world.rawNanos()).unixNanos();
    world.servers.forEach(s -> s.own.shift(-SECOND));
    world.joint.shift(-SECOND);
    assertThat(world.joint.at(world.rawNanos()).unixNanos()).isEqualTo(before - SECOND);
    world.servers.forEach(s -> s.error = -1);
    world.rounds(20);
    assertThat(world.error()).isBetween(-1.0001, -0.9999);
  }
}
