package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.List;
import org.timeball.core.Event;
import org.timeball.time.Leap;
import org.timeball.time.UtcTime;

/** A receiver whose every property can be changed while the world runs. */
final class TestReceiver {
  private final World world;
  private final String labelLine;
  private final String pulseLine;

  boolean speaks = true;
  boolean pulses = true;
  boolean fix = true;
  String kind = "RMC";

  /** Seconds from the second to its sentence, and its jitter. */
  double lateness = 0.12;

  double latenessJitter = 0.005;

  /** A second sentence of the same burst; none if empty. */
  String secondKind = "";

  double secondLateness = 0.2;

  /** Seconds that its labels are wrong by. */
  long labelError;

  /** The same second for ever. */
  boolean stuck;

  private long stuckAt;

  /** Sentences are read so many at a time. */
  int pileUp = 1;

  private final List<Runnable> pile = new ArrayList<>();

  /** The next label alone is wrong by so many seconds. */
  long oneBadLabel;

  double pulseJitter = 1e-6;

  /** Seconds that its pulses are late. */
  double pulseOffset;

  /** From the pulse to the turn of the brain that hears of it. */
  long pulseReadingNanos = 10_000_000;

  Leap announces = Leap.NONE;
  boolean saysSixty = true;

  private long sequence;

  TestReceiver(World world, String labelLine, String pulseLine) {
    this.world = world;
    this.labelLine = labelLine;
    this.pulseLine = pulseLine;
  }

  void start() {
    world.deliver(new Event.Line(labelLine, true, ""));
    world.deliver(new Event.Line(pulseLine, true, ""));
    world.every(1.0, 1.0, this::second);
  }

  private void second() {
    long second = world.elapsed();
    long late = Math.max(0, Math.round(noisy(pulseOffset, pulseJitter) * 1e9));
    if (pulses) {
      world.atElapsed(
          second + pulseReadingNanos + late,
          () ->
              world.deliver(
                  new Event.Pulse(pulseLine, world.rawBefore(pulseReadingNanos), sequence++)));
    }
    if (speaks) {
      sentence(second, kind, lateness);
      if (!secondKind.isEmpty()) {
        sentence(second, secondKind, secondLateness);
      }
    }
  }

  private void sentence(long second, String sentenceKind, double late) {
    double arrives = Math.max(0.001, noisy(late, latenessJitter));
    long length = 70_000_000;
    UtcTime says = label(second);
    world.atElapsed(
        second + Math.round(arrives * 1e9) + length, () -> read(says, sentenceKind, length));
  }

  private void read(UtcTime says, String sentenceKind, long length) {
    pile.add(() ->
        world.deliver(
            new Event.Label(
                labelLine,
                says,
                sentenceKind,
                world.rawBefore(length),
                world.raw(),
                announces,
                fix)));
    if (pile.size() >= pileUp) {
      pile.forEach(Runnable::run);
      pile.clear();
    }
  }

  private UtcTime label(long second) {
    long wrong = labelError + oneBadLabel;
    oneBadLabel = 0;
    long unix = Math.floorDiv(world.utc(second), World.SECOND) + wrong;
    if (stuck) {
      stuckAt = stuckAt == 0 ? unix : stuckAt;
      return new UtcTime(stuckAt, 0, false);
    }
    boolean sixty = world.inLeapSecond(second) && saysSixty;
    return new UtcTime(unix, 0, sixty);
  }

  private double noisy(double mean, double sigma) {
    return mean + sigma * world.random.nextGaussian();
  }
}
