package org.timeball.server.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.timeball.core.brain.BrainSettings;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.discipline.SteeringPolicy.Loop;
import org.timeball.core.discipline.SteeringPolicy.StepLimit;

/**
 * The table {@code [clock]}: which clock is steered, and how.
 *
 * @param steer the clock to steer
 * @param notBefore a day before which no time can be true, later than the day of the build
 * @param policy what may be done to the clock
 * @param unsynchronisedAbove seconds; while nothing is heard and the error may be larger, replies
 *     say that the server is not synchronised
 * @param minimumSources how many sources must agree before any is followed
 * @param temperature which sensor tells how warm the oscillator is
 */
public record ClockSettings(
    Steer steer,
    Optional<LocalDate> notBefore,
    SteeringPolicy policy,
    double unsynchronisedAbove,
    int minimumSources,
    Sensor temperature) {
  /** The clock that is steered and served. */
  public enum Steer {
    /** The kernel's clock, which every program on the machine sees. */
    KERNEL,
    /** A clock of this program's own; needs no privilege and leaves the machine's clock alone. */
    USER,
    /** The kernel's clock as it is: served, and left to whoever keeps it right. */
    NONE
  }

  /**
   * A sensor of the temperature near the oscillator.
   *
   * @param used whether there is to be one at all
   * @param file with thousandths of a degree Celsius; the usual one of the machine if empty
   */
  public record Sensor(boolean used, Optional<Path> file) {
    static final Sensor USUAL = new Sensor(true, Optional.empty());
    static final Sensor OFF = new Sensor(false, Optional.empty());

    @Override
    public String toString() {
      return used ? file.map(Path::toString).orElse("auto") : "off";
    }
  }

  private static final String STEP_REASON =
      "below it noise would be stepped, above it a wrong clock would be served for hours";

  private static final Key<Steer> STEER = Key.of("steer", Steer.KERNEL, Values.choice(Steer.class));
  private static final Key<LocalDate> NOT_BEFORE = Key.of("not-before", Values.date());
  private static final Key<Double> STEP_AT_START =
      Key.of(
          "step-at-start-above",
          SteeringPolicy.DEFAULT.initialStepThreshold(),
          Values.seconds("10 us", "1 h", STEP_REASON));
  private static final Key<Double> STEP =
      Key.of(
          "step-above",
          SteeringPolicy.DEFAULT.stepThreshold(),
          Values.seconds("10 us", "1 h", STEP_REASON));
  private static final Key<Double> PANIC =
      Key.of(
          "panic-above",
          SteeringPolicy.DEFAULT.panicThreshold(),
          Values.secondsOrOff("1 s", "36500 d", "because no clock needs less or lives longer"));
  private static final Key<Double> REFUSE =
      Key.of(
          "refuse-above",
          SteeringPolicy.DEFAULT.refuseThreshold(),
          Values.secondsOrOff("1 s", "36500 d", "because no clock needs less or lives longer"));
  private static final Key<Integer> STEPS_AT_MOST =
      Key.of("steps-at-most", Values.integer(1, 1000, "for fewer there is slew-only"));
  private static final Key<Double> STEPS_WITHIN =
      Key.of(
          "steps-within",
          86_400.0,
          Values.seconds("1 min", "366 d", "less limits nothing, and nobody waits longer"));
  private static final Key<Loop> DISCIPLINE =
      Key.of("discipline", SteeringPolicy.DEFAULT.loop(), Values.choice(Loop.class));
  private static final Key<Integer> MAX_SLEW =
      Key.of(
          "max-slew-ppm",
          (int) Math.round(SteeringPolicy.DEFAULT.maximumSlewRate() * 1e6),
          Values.integer(1, 100_000, "the kernel's clock cannot be bent by more than 10 %"));
  private static final Key<Double> UNSYNCHRONISED =
      Key.of(
          "unsynchronised-above",
          BrainSettings.DEFAULT_HOLDOVER_BOUND,
          Values.seconds("10 us", "1.5 s", "clients refuse a server further away (MAXDIST)"));
  private static final Key<Integer> MINIMUM_SOURCES =
      Key.of("minimum-sources", 1, Values.integer(1, 100, "more cannot agree"));
  private static final Key<Boolean> SLEW_ONLY = Key.of("slew-only", false, Values.flag());

  private static final Key<Sensor> TEMPERATURE = Key.of("temperature", Sensor.USUAL, sensor());

  static final List<Key<?>> KEYS =
      List.of(
          STEER,
          NOT_BEFORE,
          STEP_AT_START,
          STEP,
          PANIC,
          REFUSE,
          STEPS_AT_MOST,
          STEPS_WITHIN,
          MAX_SLEW,
          DISCIPLINE,
          SLEW_ONLY,
          UNSYNCHRONISED,
          MINIMUM_SOURCES,
          TEMPERATURE);

  static ClockSettings read(Optional<Table> table) {
    if (table.isEmpty()) {
      return new ClockSettings(
          STEER.fallback(),
          Optional.empty(),
          SteeringPolicy.DEFAULT,
          UNSYNCHRONISED.fallback(),
          MINIMUM_SOURCES.fallback(),
          TEMPERATURE.fallback());
    }
    Table clock = table.get();
    clock.refuseAllBut(KEYS);
    SteeringPolicy policy = policy(clock);
    return new ClockSettings(
        clock.get(STEER),
        clock.find(NOT_BEFORE),
        clock.get(SLEW_ONLY) ? policy.slewOnly() : policy,
        clock.get(UNSYNCHRONISED),
        clock.get(MINIMUM_SOURCES),
        clock.get(TEMPERATURE));
  }

  private static ValueReader<Sensor> sensor() {
    ValueReader<String> text = Values.text();
    return value -> {
      String word = text.read(value);
      return switch (word) {
        case "auto" -> Sensor.USUAL;
        case "off" -> Sensor.OFF;
        default -> {
          if (!word.startsWith("/")) {
            throw new BadValue(
                "'%s' is neither \"auto\" nor \"off\" nor the whole path of a file, such as \"/sys/class/hwmon/hwmon0/temp1_input\""
                    .formatted(word));
          }
          yield new Sensor(true, Optional.of(Path.of(word)));
        }
      };
    };
  }

  private static SteeringPolicy policy(Table clock) {
    double slewRate = clock.get(MAX_SLEW) / 1e6;
    double within = clock.get(STEPS_WITHIN);
    Optional<Integer> steps = clock.find(STEPS_AT_MOST);
    if (steps.isEmpty() && clock.has(STEPS_WITHIN.name())) {
      clock.problem(STEPS_WITHIN.name(), "means nothing without 'steps-at-most'; add it");
    }
    Loop loop = clock.get(DISCIPLINE);
    if (loop == Loop.KERNEL && clock.get(STEER) != Steer.KERNEL) {
      clock.problem(
          DISCIPLINE.name(),
          "the kernel's loop can steer only the kernel's clock: steer = \"kernel\"");
    }
    return new SteeringPolicy(
        clock.get(STEP_AT_START),
        clock.get(STEP),
        clock.get(PANIC),
        clock.get(REFUSE),
        steps.map(n -> new StepLimit(n, within)).orElse(StepLimit.NONE),
        slewRate,
        clock.has(MAX_SLEW.name()) ? slewRate : SteeringPolicy.DEFAULT.initialSlewRate(),
        loop);
  }
}
