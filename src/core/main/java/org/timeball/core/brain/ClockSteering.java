package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Notices;
import org.timeball.core.discipline.Correction;
import org.timeball.core.discipline.Steering;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.discipline.TimeEstimate;

/** Turns corrections into actions, and remembers what the clock was told. */
final class ClockSteering {
  /** Below this a change of rate moves the clock by less than a nanosecond in a minute. */
  private static final double SMALLEST_CHANGE = 1e-11;

  /** A clock that refuses is told again once a second, and refuses again. */
  private static final long REFUSAL_LIFETIME_NANOS = 30_000_000_000L;

  /** A loop that is told an offset more often than it acts counts it twice; ntpd's fastest. */
  private static final long LOCK_INTERVAL_NANOS = 16_000_000_000L;

  /** The kernel's largest offset and time constant: MAXPHASE, MAXTC. */
  private static final double LARGEST_LOCK = 0.5;

  private static final int LARGEST_TIME_CONSTANT = 10;

  /**
   * Chosen: the loop takes an offset out in about a minute and a wrong rate in many, so a rate that
   * is wrong by this costs 0.3 ms at first.
   */
  private static final double WELL_KNOWN_RATE = 5e-6;

  private final SteeringPolicy.Loop loop;
  private final Steering steering;
  private final Notices notices;
  private double frequency = Double.NaN;
  private double settledFrequency;
  private OptionalLong settleAtRaw = OptionalLong.empty();
  private long steps;
  private long steppedNanos;
  private boolean panicked;
  private boolean stepWithheld;
  private String refusal = "";
  private long refusedAtRaw;
  private boolean locked;
  private long lockedAtRaw;

  ClockSteering(SteeringPolicy policy, Notices notices) {
    this.loop = policy.loop();
    this.steering = new Steering(policy);
    this.notices = notices;
  }

  /** Corrects the clock once; afterwards {@link #steppedNanos} tells by how much it moved. */
  List<Action> correct(ClockReading now, TimeEstimate truth) {
    List<Action> actions = new ArrayList<>();
    settleAtRaw = OptionalLong.empty();
    steppedNanos = 0;
    Correction correction = steering.correct(now, truth);
    if (!(correction instanceof Correction.Panic)) {
      panicked = false;
    }
    switch (correction) {
      case Correction.Keep(double f) -> {
        if (isKernels(now, truth)) {
          lock(now, truth, f, actions);
        } else {
          setFrequency(f, actions);
        }
      }
      case Correction.Slew(double f, long until, double settled) -> {
        saySlewed((until - now.rawNanos()) * 1e-9);
        settledFrequency = settled;
        if (isKernels(now, truth)) {
          lock(now, truth, settled, actions);
        } else {
          setFrequency(f, actions);
          settleAtRaw = OptionalLong.of(until);
        }
      }
      case Correction.Step(long nanos, double f) -> {
        setFrequency(f, actions);
        actions.add(new Action.Step(nanos));
        if (locked) {
          // What the loop has not taken out yet belongs to the time before the step.
          actions.add(new Action.LockPhase(0, timeConstant(LOCK_INTERVAL_NANOS)));
          frequency = Double.NaN;
        }
        steps++;
        steppedNanos = nanos;
        notices.info("clock: stepped by %+.6f s", nanos * 1e-9);
      }
      case Correction.Panic(long nanos) -> {
        if (!panicked) {
          notices.error(
              "clock: it is %+.3f s from true time, more than panic-above or refuse-above allows to"
                  + " correct; set it by hand, or raise that limit",
              -nanos * 1e-9);
        }
        panicked = true;
      }
    }
    return actions;
  }

  /**
   * While the clock has not been right yet, nobody waits for a loop; and a rate that two pulses
   * tell may be wrong by more than the loop can make good in half an hour.
   */
  private boolean isKernels(ClockReading now, TimeEstimate truth) {
    return loop == SteeringPolicy.Loop.KERNEL
        && steering.hasAcquired()
        && (locked || truth.at(now.rawNanos()).frequencySigma() < WELL_KNOWN_RATE);
  }

  private void lock(ClockReading now, TimeEstimate truth, double rate, List<Action> actions) {
    long elapsed = now.rawNanos() - lockedAtRaw;
    if (!locked) {
      // A loop that begins at a rate that is known need not find it.
      setFrequency(rate, actions);
      elapsed = LOCK_INTERVAL_NANOS;
    } else if (elapsed < LOCK_INTERVAL_NANOS) {
      return;
    }
    locked = true;
    lockedAtRaw = now.rawNanos();
    double offset = (truth.at(now.rawNanos()).unixNanos() - now.unixNanos()) / 1e9;
    actions.add(
        new Action.LockPhase(
            Math.clamp(offset, -LARGEST_LOCK, LARGEST_LOCK), timeConstant(elapsed)));
    frequency = Double.NaN;
  }

  /** As ntpd has it: the loop acts over about the time between two offsets. */
  private static int timeConstant(long intervalNanos) {
    long seconds = Math.max(1, Math.round(intervalNanos * 1e-9));
    return Math.min(LARGEST_TIME_CONSTANT, 63 - Long.numberOfLeadingZeros(seconds));
  }

  private void saySlewed(double seconds) {
    if (steering.isStepWithheld() && !stepWithheld) {
      notices.warning(
          "clock: it was stepped as often as steps-at-most allows, so the next offset is slewed,"
              + " which takes %.0f s; see why it is so often wrong, or allow more",
          seconds);
    }
    stepWithheld = steering.isStepWithheld();
  }

  /** The slew is over: the clock runs at the rate of true time. */
  List<Action> settle() {
    List<Action> actions = new ArrayList<>();
    settleAtRaw = OptionalLong.empty();
    setFrequency(settledFrequency, actions);
    return actions;
  }

  /** The first rate, before anything is measured. */
  List<Action> start(double learnedFrequency) {
    List<Action> actions = new ArrayList<>();
    setFrequency(learnedFrequency, actions);
    return actions;
  }

  private void setFrequency(double f, List<Action> actions) {
    if (!(Math.abs(f - frequency) < SMALLEST_CHANGE)) {
      frequency = f;
      actions.add(new Action.SetFrequency(f));
    }
  }

  /** The clock would not do what it was told. */
  void refused(String reason, long nowRaw) {
    refusedAtRaw = nowRaw;
    if (!reason.equals(refusal)) {
      refusal = reason;
      notices.error("clock: %s", reason);
    }
    // What it runs at is unknown: the next correction is to be sent whatever it is.
    frequency = Double.NaN;
    locked = false;
  }

  /** When {@link #settle} is due. */
  OptionalLong settleAtRaw() {
    return settleAtRaw;
  }

  /** By how much the last correction stepped the clock. */
  long steppedNanos() {
    return steppedNanos;
  }

  boolean hasAcquired() {
    return steering.hasAcquired();
  }

  /** As set last; not a number if unknown. */
  double frequency() {
    return frequency;
  }

  long steps() {
    return steps;
  }

  /** What the clock refused lately; empty once it has obeyed for a while. */
  String refusal(long nowRaw) {
    if (nowRaw - refusedAtRaw > REFUSAL_LIFETIME_NANOS) {
      refusal = "";
    }
    return refusal;
  }
}
