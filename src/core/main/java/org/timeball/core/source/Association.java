package org.timeball.core.source;

import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.timeball.time.ReferenceId;

/**
 * The protocol side of one source on the network, whichever modes its packets have. Each has a
 * method of its own for what it sends, and one for what comes in. Belongs to one thread.
 */
public sealed interface Association permits ClientAssociation, SymmetricAssociation {
  /** As in the configuration. */
  String name();

  /** When the next packet is due; {@link Long#MAX_VALUE} if none ever is. */
  long nextPollRawNanos();

  /** The next packet is due at the next occasion, whatever the schedule says. */
  void hurry(long nowRawNanos);

  /** The last packet did not leave this machine: it says nothing about the other side. */
  void didNotLeave();

  /** Sends at the next occasion, and then like an association that is new. */
  void startAnew(long nowRawNanos);

  /** log2 of the interval in seconds. */
  int pollExponent();

  /** Seconds from the last packet to the next. */
  double interval();

  /** The reach register: bit 0 is the last interval, 1 means good (RFC 5905, section 13). */
  int reach();

  /** Whether anything genuine came in the last eight intervals, with time or without. */
  boolean isAnswered();

  /** Whether the other side has told us to go away. */
  boolean isDenied();

  /** The kiss code with which it did; empty if it did not. */
  String refusal();

  /** Which test the last genuine packet failed; empty if it passed them all. */
  Optional<PacketTest> lastFailure();

  /** Our own addresses are known now, or have changed. */
  void ownReferenceIds(Set<ReferenceId> ids);

  /** Our clock was set: what is told of it from now on is on another scale. */
  default void clockStepped() {}

  /** Good replies that told when the reply before left (RFC 9769). */
  long interleavedReplies();

  /** What is under way is not to be completed any more: time or the raw scale was disturbed. */
  void forgetExchange();

  /**
   * Adapts the interval to how well time is known.
   *
   * @param error seconds to be expected after so many seconds without a measurement
   * @param allowed seconds
   */
  void adaptPoll(DoubleUnaryOperator error, double allowed);
}
