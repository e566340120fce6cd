package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.NearLeap;
import org.timeball.core.ServerState;
import org.timeball.core.source.Belief;
import org.timeball.core.source.TimeSource;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** What replies say, and what the kernel is told of its clock. */
final class Publisher {
  /** What chrony, and ntpd before it, name as the reference of a clock that follows nothing. */
  private static final ReferenceId LOCAL = new ReferenceId(127 << 24 | 127 << 16 | 1 << 8 | 1);

  /**
   * Seconds. Who serves its own clock knows nothing better; with more, nobody would follow it: an
   * orphan of chrony's serves its own clock again if the one that it follows may be wrong by 1 s.
   */
  private static final double LOCAL_DISPERSION = 0.5;

  /** PHI (RFC 5905, section 7.2). */
  private static final double PHI = 15e-6;

  private int precisionExponent;
  private ServerState published;
  private boolean corrected;
  private long correctedUnixNanos;
  private Leap leap = Leap.NONE;
  private OptionalInt tai = OptionalInt.empty();

  Publisher(int precisionExponent) {
    this.precisionExponent = precisionExponent;
    this.published = ServerState.unsynchronized(precisionExponent);
  }

  /** Reading the clock takes another time from now on. */
  void precision(int exponent) {
    precisionExponent = exponent;
  }

  /** The clock was corrected in this turn. */
  void corrected() {
    corrected = true;
  }

  /**
   * Arms the clock when the announcement changes.
   *
   * @param settled whether the clock has surely leapt, if it was to: before that it stays armed
   */
  List<Action> leap(Leap announced, boolean settled, OptionalInt taiMinusUtc) {
    List<Action> actions = new ArrayList<>();
    if (announced != leap && (settled || announced != Leap.NONE)) {
      leap = announced;
      actions.add(new Action.ArmLeap(announced));
    }
    // The kernel counts TAI on by itself when it leaps; told before, it would count twice.
    if (settled && taiMinusUtc.isPresent() && !taiMinusUtc.equals(tai)) {
      tai = taiMinusUtc;
      actions.add(new Action.SetTai(taiMinusUtc.getAsInt()));
    }
    return actions;
  }

  /**
   * What replies say from now on.
   *
   * @param nearLeap the leap second of these days, for the moment of {@code clock}
   * @param offset true time minus the clock in seconds, if it is believed to be known
   */
  List<Action> publish(
      Progress progress,
      Truth truth,
      Leap announced,
      Optional<NearLeap> nearLeap,
      ClockReading clock,
      double offset) {
    if (corrected) {
      correctedUnixNanos = clock.unixNanos();
      corrected = false;
    }
    if (!progress.isServed() || truth.belief().isEmpty()) {
      return unsynchronised(truth, clock, offset);
    }
    Belief belief = truth.belief().get();
    double error = Math.abs(offset);
    TimeSource source = truth.followed().orElseThrow();
    double rootDelay = source.rootDelay();
    // The bound holds half of the delay, which whoever follows us adds again.
    double dispersion =
        Math.max(0, belief.bound() - rootDelay / 2) + error + Math.scalb(1.0, precisionExponent);
    published =
        new ServerState(
            announced,
            source.stratum() + 1,
            precisionExponent,
            rootDelay,
            dispersion,
            belief.boundRate(),
            clock.unixNanos(),
            source.referenceId(),
            correctedUnixNanos,
            nearLeap);
    return List.of(
        new Action.Publish(published),
        new Action.ReportQuality(
            true, dispersion + rootDelay / 2, belief.estimate().phaseSigma() + error));
  }

  private List<Action> unsynchronised(Truth truth, ClockReading clock, double offset) {
    ServerState bare = ServerState.unsynchronized(precisionExponent);
    Optional<Role.Local> local = truth.local(clock.rawNanos());
    double known = truth.belief().map(b -> b.bound() + Math.abs(offset)).orElse(LOCAL_DISPERSION);
    published =
        new ServerState(
            local.isPresent() ? Leap.NONE : bare.leap(),
            local.map(Role.Local::stratum).orElse(bare.stratum()),
            precisionExponent,
            0,
            local.isPresent() ? Math.min(LOCAL_DISPERSION, known) : 0,
            local.isPresent() ? PHI : 0,
            clock.unixNanos(),
            local.isPresent() ? LOCAL : bare.referenceId(),
            local.isPresent() ? clock.unixNanos() : correctedUnixNanos);
    return List.of(
        new Action.Publish(published),
        new Action.ReportQuality(false, UNKNOWN_ERROR, UNKNOWN_ERROR));
  }

  /** Seconds: MAXDISP (RFC 5905, section 7.2). */
  private static final double UNKNOWN_ERROR = 16;

  ServerState published() {
    return published;
  }
}
