package org.timeball.core.source;

import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.ReferenceId;

/**
 * The protocol side of one source on the network, whichever modes its packets have. Each has a
 * method of its own for what it sends, and one for what comes in. Belongs to one thread, opens
 * nothing and draws no randomness.
 */
public abstract sealed class Association
    permits ClientAssociation, SymmetricAssociation, BroadcastAssociation {
  /** Seconds; chosen: longer on the way than that may be for anything. */
  static final double LONGEST_DELAY = 3;

  /** Two seconds between packets that no schedule asked for. */
  private static final long SHORTEST_PAUSE_NANOS = 2_000_000_000L;

  final AssociationSettings settings;
  final PollSchedule schedule;
  private Set<ReferenceId> ownReferenceIds;
  private long nextPollRawNanos;
  private long lastPollRawNanos;
  private int reach;
  private int answered;
  private int reachBefore;
  private int answeredBefore;
  private String refusal = "";
  private Optional<PacketTest> lastFailure = Optional.empty();

  Association(
      AssociationSettings settings,
      PollSchedule schedule,
      Set<ReferenceId> ownReferenceIds,
      long firstPollRawNanos) {
    this.settings = settings;
    this.schedule = schedule;
    this.ownReferenceIds = Set.copyOf(ownReferenceIds);
    nextPollRawNanos = firstPollRawNanos;
    lastPollRawNanos = firstPollRawNanos - SHORTEST_PAUSE_NANOS;
  }

  /** As in the configuration. */
  public final String name() {
    return settings.name();
  }

  /** When the next packet is due; {@link Long#MAX_VALUE} if none ever is. */
  public long nextPollRawNanos() {
    return isDenied() ? Long.MAX_VALUE : nextPollRawNanos;
  }

  /** The next packet is due at the next occasion, whatever the schedule says. */
  public void hurry(long nowRawNanos) {
    long earliest = Math.max(nowRawNanos, lastPollRawNanos + SHORTEST_PAUSE_NANOS);
    nextPollRawNanos = Math.min(nextPollRawNanos, earliest);
  }

  /** The last packet did not leave this machine: it says nothing about the other side. */
  public abstract void didNotLeave();

  /** Sends at the next occasion, and then like an association that is new. */
  public void startAnew(long nowRawNanos) {
    schedule.startAnew();
    hurry(nowRawNanos);
  }

  /** log2 of the interval in seconds. */
  public int pollExponent() {
    return schedule.exponent();
  }

  /** Seconds from the last packet to the next. */
  public double interval() {
    return schedule.interval();
  }

  /** The reach register: bit 0 is the last interval, 1 means good (RFC 5905, section 13). */
  public int reach() {
    return reach;
  }

  /** Whether anything genuine came in the last eight intervals, with time or without. */
  public boolean isAnswered() {
    return answered != 0;
  }

  /** Whether the other side has told us to go away. */
  public boolean isDenied() {
    return !refusal().isEmpty();
  }

  /** The kiss code with which it did; empty if it did not. */
  public String refusal() {
    return refusal;
  }

  /** Which test the last genuine packet failed; empty if it passed them all. */
  public Optional<PacketTest> lastFailure() {
    return lastFailure;
  }

  /** Our own addresses are known now, or have changed. */
  public void ownReferenceIds(Set<ReferenceId> ids) {
    ownReferenceIds = Set.copyOf(ids);
  }

  /** Other keys, which hold the one that the settings name. */
  public abstract void useKeys(PacketKeys keys);

  /** Our clock was set: what is told of it from now on is on another scale. */
  public void clockStepped() {}

  /** Good replies that told when the reply before left (RFC 9769). */
  public abstract long interleavedReplies();

  /** What is under way is not to be completed any more: time or the raw scale was disturbed. */
  public abstract void forgetExchange();

  /**
   * Adapts the interval to how well time is known.
   *
   * @param error seconds to be expected after so many seconds without a measurement
   * @param allowed seconds
   */
  public void adaptPoll(DoubleUnaryOperator error, double allowed) {
    double interval = interval();
    schedule.adapt(error.applyAsDouble(2 * interval), error.applyAsDouble(interval), allowed);
  }

  final Set<ReferenceId> ownReferenceIds() {
    return ownReferenceIds;
  }

  /** An interval begins. */
  final void shiftReach() {
    reachBefore = reach;
    answeredBefore = answered;
    reach = reach << 1 & 0xFF;
    answered = answered << 1 & 0xFF;
  }

  /** The interval that began last did not, after all. */
  final void unshiftReach() {
    reach = reachBefore;
    answered = answeredBefore;
  }

  /** Whether one of the packets before the last was good. */
  final boolean wasReached() {
    return reachBefore != 0;
  }

  /** Whether one of the packets before the last was answered. */
  final boolean wasAnswered() {
    return answeredBefore != 0;
  }

  /** Goes on where another left off. */
  final void takeOver(Association other) {
    reach = other.reach;
    answered = other.answered;
  }

  /** What came in the last eight intervals, a bit each, as {@link #isAnswered} has it. */
  final int answered() {
    return answered;
  }

  /** Something genuine came. */
  final void answer() {
    answered |= 1;
  }

  /** Something good came. */
  final void reached() {
    reach |= 1;
  }

  /** What the last genuine packet came to. */
  final void judged(Reception reception) {
    lastFailure =
        reception instanceof Reception.Dropped(PacketTest failed)
            ? Optional.of(failed)
            : Optional.empty();
  }

  final void refused(String code) {
    refusal = code;
  }

  /** A packet leaves now, and the next after an interval. */
  final void polled(long nowRawNanos) {
    lastPollRawNanos = nowRawNanos;
    pollAfter(interval());
  }

  /** The next packet leaves so many seconds after the last. */
  final void pollAfter(double seconds) {
    nextPollRawNanos = lastPollRawNanos + Math.round(seconds * 1e9);
  }
}
