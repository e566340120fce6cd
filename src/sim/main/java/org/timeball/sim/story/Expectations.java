package org.timeball.sim.story;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.timeball.core.control.StatusReport;
import org.timeball.core.select.Fate;
import org.timeball.sim.clock.KernelClockModel.LeapState;
import org.timeball.sim.clock.Timex;
import org.timeball.sim.node.BrainNode;

/** Promises about one machine, each checked at once. */
final class Expectations {
  private final Scene scene;
  private final Machine machine;
  private final Diary diary;

  Expectations(Scene scene, Machine machine) {
    this.scene = scene;
    this.machine = machine;
    this.diary = machine.diary();
  }

  /** Its clock is at most so wrong from one second to before another, served or not. */
  Expectations staysWithin(double seconds, int from, int until) {
    return staysWithin(seconds, 0, from, until);
  }

  /** The same about a time that is wrong itself. */
  Expectations staysWithin(double seconds, double wrongBy, int from, int until) {
    int worst = worst(from, until, s -> Math.abs(diary.error(s) - wrongBy));
    scene.promise(
        "%s stays within %s%s from %d s to %d s"
            .formatted(
                name(), micros(seconds), wrongBy == 0 ? "" : " of " + wrongBy + " s", from, until),
        Math.abs(diary.error(worst) - wrongBy) <= seconds,
        "%+.3f µs at %d s".formatted((diary.error(worst) - wrongBy) * 1e6, worst));
    return this;
  }

  /**
   * Its clock is carried on so well, while nothing is heard from one second to before another, that
   * it is at most so wrong beside what the oscillator does by itself meanwhile.
   */
  Expectations holdsOverWithin(double seconds, int from, int until) {
    IntToDoubleFunction own = s -> diary.error(s) - diary.error(from) - diary.strayed(from, s);
    int worst = worst(from, until, s -> Math.abs(own.applyAsDouble(s)));
    scene.promise(
        "%s holds over from %d s to %d s within %s of what its oscillator does"
            .formatted(name(), from, until, micros(seconds)),
        Math.abs(own.applyAsDouble(worst)) <= seconds,
        "%+.3f µs at %d s, the oscillator %+.3f µs"
            .formatted(own.applyAsDouble(worst) * 1e6, worst, diary.strayed(from, worst) * 1e6));
    return this;
  }

  /** Whenever it says that it knows the time, it is right within so much. */
  Expectations servesNothingWorseThan(double seconds) {
    int worst = worst(0, diary.seconds(), s -> diary.isServed(s) ? Math.abs(diary.error(s)) : -1);
    double error = diary.isServed(worst) ? diary.error(worst) : 0;
    scene.promise(
        "%s serves nothing worse than %s".formatted(name(), micros(seconds)),
        Math.abs(error) <= seconds,
        "%+.3f µs at %d s".formatted(error * 1e6, worst));
    return this;
  }

  /** Its error is never larger than the root distance that it states. */
  Expectations isHonest() {
    int lies =
        (int)
            IntStream.range(0, diary.seconds())
                .filter(s -> diary.isServed(s) && Math.abs(diary.error(s)) > diary.bound(s))
                .count();
    int first = first(0, diary.seconds(), s -> Math.abs(diary.error(s)) > diary.bound(s));
    scene.promise(
        name() + " never states less than its error",
        lies == 0,
        lies == 0
            ? "never"
            : "%d times, first at %d s: %s stated, %s true"
                .formatted(lies, first, micros(diary.bound(first)), micros(diary.error(first))));
    return this;
  }

  Expectations isServed(int from, int until) {
    int first = first(from, until, s -> !diary.isServed(s));
    scene.promise(
        "%s is synchronised from %d s to %d s".formatted(name(), from, until),
        first == until,
        first == until ? "it is" : "not at " + first + " s");
    return this;
  }

  Expectations isNotServed(int from, int until) {
    int first = first(from, until, diary::isServed);
    scene.promise(
        "%s says that it is not synchronised from %d s to %d s".formatted(name(), from, until),
        first == until,
        first == until ? "it does" : "it claims to be at " + first + " s");
    return this;
  }

  /** What it states as its error grows all the time. */
  Expectations statesMoreAndMore(int from, int until) {
    int first = first(from + 1, until, s -> !(diary.bound(s) > diary.bound(s - 1)));
    scene.promise(
        "%s states a growing error from %d s to %d s".formatted(name(), from, until),
        first == until,
        "%s to %s".formatted(micros(diary.bound(from)), micros(diary.bound(until - 1))));
    return this;
  }

  /** Its clock is stepped so many times. */
  Expectations steps(int times) {
    List<Double> steps = machine.node().steps();
    scene.promise(
        "%s steps its clock %d times".formatted(name(), times),
        steps.size() == times,
        steps.toString());
    return this;
  }

  /** Operators read a sentence with these words. */
  Expectations says(String words) {
    scene.promise(
        name() + " says '" + words + "'",
        machine.node().notices().stream().anyMatch(n -> n.contains(words)),
        machine.node().notices().toString());
    return this;
  }

  /** At the end this is what became of a server that it asks. */
  Expectations judges(Machine server, Fate fate) {
    Fate found = fateOf(server);
    scene.promise(
        "%s finds of %s: %s".formatted(name(), server.name(), fate.reason()),
        found == fate,
        found.reason());
    return this;
  }

  private Fate fateOf(Machine server) {
    String id = BrainNode.nameOf(server.number());
    return machine.node().status().servers().stream()
        .filter(s -> s.name().equals(id))
        .map(StatusReport.Server::fate)
        .findFirst()
        .orElseThrow();
  }

  /** The kernel goes through these states, and no other. */
  Expectations kernelGoesThrough(LeapState... states) {
    scene.promise(
        name() + "'s kernel goes through " + List.of(states),
        diary.leapStates().equals(List.of(states)),
        diary.leapStates().toString());
    return this;
  }

  /** At the end the kernel counts TAI so far ahead of UTC. */
  Expectations countsTai(int seconds) {
    int found = scene.world().clock(machine.number()).model().adjust(new Timex()).tai;
    scene.promise(
        "%s's kernel has TAI %d s ahead".formatted(name(), seconds),
        found == seconds,
        found + " s");
    return this;
  }

  private String name() {
    return machine.name();
  }

  private static int first(int from, int until, IntPredicate is) {
    return IntStream.range(from, until).filter(is).findFirst().orElse(until);
  }

  private static int worst(int from, int until, IntToDoubleFunction size) {
    int worst = from;
    for (int s = from; s < until; s++) {
      if (size.applyAsDouble(s) > size.applyAsDouble(worst)) {
        worst = s;
      }
    }
    return worst;
  }

  /** Three digits, as people write them. */
  private static String micros(double seconds) {
    return new BigDecimal(seconds * 1e6).round(new MathContext(3)).toPlainString() + " µs";
  }
}
