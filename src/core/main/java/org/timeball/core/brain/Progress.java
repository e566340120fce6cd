package org.timeball.core.brain;

import org.timeball.core.Notices;
import org.timeball.core.control.StatusReport.State;

/** The states of the server as a whole, and what moves it from one to the next. */
final class Progress {
  private final double holdoverBound;
  private final Notices notices;
  private State state = State.STARTING;
  private long sinceRaw;

  Progress(double holdoverBound, Notices notices) {
    this.holdoverBound = holdoverBound;
    this.notices = notices;
  }

  /**
   * What is known in one turn.
   *
   * @param believed whether true time is believed to be known
   * @param heard whether a source that is followed gives samples
   * @param offset true time minus the clock in seconds
   * @param bound seconds by which the belief may be wrong
   * @param near the largest offset with which the clock may be served
   * @param source name of the one that is followed
   */
  record Facts(
      boolean believed, boolean heard, double offset, double bound, double near, String source) {}

  /** Moves at most one state on. */
  void advance(Facts facts, long nowRaw) {
    State next = next(facts);
    if (next != state) {
      say(next, facts);
      enter(next, nowRaw);
    }
  }

  private State next(Facts facts) {
    if (facts.heard()) {
      return Math.abs(facts.offset()) <= facts.near() ? State.SYNCHRONISED : State.CORRECTING;
    }
    return switch (state) {
      case STARTING, VERIFYING, LOST -> state;
      case CORRECTING -> State.STARTING;
      case SYNCHRONISED, HOLDOVER ->
          facts.believed() && facts.bound() + Math.abs(facts.offset()) <= holdoverBound
              ? State.HOLDOVER
              : State.LOST;
    };
  }

  private void say(State next, Facts facts) {
    switch (next) {
      case STARTING -> notices.warning("%s stopped before the clock was right", facts.source());
      case CORRECTING -> {
        if (state == State.SYNCHRONISED || state == State.HOLDOVER) {
          notices.warning(
              "clock: %+.6f s from what %s says; not synchronised until that is corrected",
              -facts.offset(), facts.source());
        } else {
          notices.info(
              "%s: date and second are proven; the clock is %+.6f s off",
              facts.source(), -facts.offset());
        }
      }
      case SYNCHRONISED ->
          notices.info(
              "synchronised to %s: offset %+.1f µs, error within %.1f µs",
              facts.source(), facts.offset() * 1e6, facts.bound() * 1e6);
      case HOLDOVER ->
          notices.warning(
              "%s is not heard: the clock holds over, error within %.1f µs and growing",
              facts.source(), facts.bound() * 1e6);
      case VERIFYING -> {}
      case LOST ->
          notices.error(
              "not synchronised any more: the error may have passed %.1f ms and nothing usable is"
                  + " heard",
              holdoverBound * 1e3);
    }
  }

  /** Something disturbed the clock or the flow of time. */
  void verify(long nowRaw) {
    if (state != State.STARTING) {
      enter(State.VERIFYING, nowRaw);
    }
  }

  private void enter(State next, long nowRaw) {
    state = next;
    sinceRaw = nowRaw;
  }

  /** Whether replies may say that the server is synchronised. */
  boolean isServed() {
    return state == State.SYNCHRONISED || state == State.HOLDOVER;
  }

  /** Whether the clock may be corrected. */
  boolean isSteered() {
    return isServed() || state == State.CORRECTING;
  }

  State state() {
    return state;
  }

  long sinceRaw() {
    return sinceRaw;
  }
}
