package org.timeball.platform.clock;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import org.timeball.core.SystemClock.ClockException;

/**
 * Places the kernel's CLOCK_REALTIME stamps on the raw scale, and notices when that clock is moved.
 *
 * <p>The trap: a stamp is on a scale that others steer and set, and it is a little older than the
 * moment in which it is read. So each stamp is converted by a pair of readings taken there and
 * then: whatever CLOCK_REALTIME's rate is, it is wrong only over the stamp's age. The pair is
 * compared with what an earlier one, the anchor, predicts. If they disagree, the clock was set in
 * between, and a stamp from about then may be of the old scale or of the new one. It is placed on
 * whichever scale makes it possible, and on neither if both do.
 *
 * <p>The other trap: a clock that begins to be slewed fast comes apart from the prediction just
 * like one that was set by a little. What no slew can do is a jump at once; what one could do is
 * only if the kernel says that its clock was set. Otherwise the new rate is learned.
 *
 * <p>Safe for several threads; conversion allocates nothing and takes no lock but in the turn that
 * notices a jump.
 */
final class StampConverter {
  /** Beyond it a pair is unexpected: adjtime and most NTP daemons slew by 500 ppm at most. */
  private static final double TOLERATED_RATE = 2e-3;

  /** The kernel lets nobody slew faster: its tick bends by 10 %, its frequency by 500 ppm more. */
  private static final double LARGEST_RATE = 0.11;

  /** Chosen: above what a badly bracketed pair can be wrong, below what matters to anybody. */
  private static final long TOLERATED_NANOS = 20_000;

  /** Anchors closer than this say little about CLOCK_REALTIME's rate. */
  private static final long LEAST_RATE_SPAN_NANOS = 50_000_000L;

  /** The kernel tells that its clock was set well within this time. */
  private static final long DOUBT_NANOS = 1_000_000_000L;

  private final ThreadLocal<ClockPair> pairs;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Anchor anchor;
  private volatile RealtimeJumpListener listener = stepNanos -> {};
  private volatile LongPredicate expected = stepNanos -> false;

  StampConverter(ClockSource source) {
    pairs = ThreadLocal.withInitial(() -> new ClockPair(source));
    anchor = Anchor.at(pairs.get().take());
  }

  void onJump(RealtimeJumpListener newListener) {
    listener = newListener;
  }

  /** Jumps for which this holds, such as a leap second we asked for, are not reported. */
  void expectJumps(LongPredicate predicate) {
    expected = predicate;
  }

  /** CLOCK_REALTIME minus raw, now. */
  long offsetNanos() {
    return checkedPair().offsetNanos();
  }

  /**
   * What the raw scale showed when CLOCK_REALTIME showed this, or {@link PacketClock#UNPLACED}.
   *
   * @param realtimeNanos at most a few seconds old
   */
  long rawNanosOfStamp(long realtimeNanos) {
    ClockPair pair = checkedPair();
    return anchor.place(realtimeNanos, pair);
  }

  /**
   * Takes a pair, reports a jump if there was one, and makes it the new anchor. To be called a few
   * times a second.
   *
   * @param wasSet whether the kernel says that the clock was set, so that a small difference is
   *     one; without that word, what a slew could have done is taken for one
   */
  void refresh(boolean wasSet) {
    writing.lock();
    try {
      ClockPair pair = pairs.get().take();
      Anchor old = anchor;
      long unexpected = old.line().unexpected(pair);
      long sinceCalm = old.calm().unexpected(pair);
      boolean isFast =
          Math.abs(unexpected) > TOLERATED_NANOS + Math.abs(old.line().age(pair)) * LARGEST_RATE;
      if (isUnexpected(old, pair) && isFast) {
        anchor = old.jumped(pair);
        report(unexpected);
      } else if (wasSet && Math.abs(sinceCalm) > TOLERATED_NANOS) {
        // The old scale may have been noted already, when a reader was the first to notice.
        anchor =
            Math.abs(unexpected) > TOLERATED_NANOS
                ? old.jumped(pair)
                : old.moved(pair, old.line().rate(), true);
        report(sinceCalm);
      } else if (isUnexpected(old, pair)) {
        anchor = old.doubted(pair);
      } else if (old.line().age(pair) >= LEAST_RATE_SPAN_NANOS) {
        anchor = old.moved(pair, old.line().rateTo(pair), old.calm().age(pair) > DOUBT_NANOS);
      }
    } finally {
      writing.unlock();
    }
  }

  /** Changes the clock's rate; a changed rate is not a jump. */
  void steerBy(Steering change, double newRate) throws ClockException {
    writing.lock();
    try {
      change.apply();
      anchor = anchor.moved(pairs.get().take(), newRate, true);
    } finally {
      writing.unlock();
    }
  }

  /** Sets the clock: not reported, and no stamp of the old scale is misplaced. */
  void stepBy(Steering step) throws ClockException {
    writing.lock();
    try {
      refresh(false);
      step.apply();
      anchor = anchor.jumped(pairs.get().take());
    } finally {
      writing.unlock();
    }
  }

  /** What changes the clock; nobody takes it for interference while it runs. */
  @FunctionalInterface
  interface Steering {
    void apply() throws ClockException;
  }

  private ClockPair checkedPair() {
    ClockPair pair = pairs.get().take();
    if (isUnexpected(anchor, pair)) {
      refresh(false);
      pair.take();
    }
    return pair;
  }

  private static boolean isUnexpected(Anchor anchor, ClockPair pair) {
    return Math.abs(anchor.line().unexpected(pair))
        > TOLERATED_NANOS
            + anchor.halfWidthNanos()
            + pair.halfWidthNanos()
            + (long) (Math.abs(anchor.line().age(pair)) * TOLERATED_RATE);
  }

  private void report(long stepNanos) {
    if (!expected.test(stepNanos)) {
      listener.realtimeJumped(stepNanos);
    }
  }
}
