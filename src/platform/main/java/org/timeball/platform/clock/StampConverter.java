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
 * <p>Safe for several threads; conversion allocates nothing and takes no lock but in the turn that
 * notices a jump.
 */
final class StampConverter {
  /** Changes of rate that are not a jump; adjtime and NTP daemons slew by 500 ppm at most. */
  private static final double TOLERATED_RATE = 2e-3;

  /** Chosen: above what a badly bracketed pair can be wrong, below what matters to anybody. */
  private static final long TOLERATED_NANOS = 20_000;

  /** How long a jump is taken into account: stamps are never older. */
  private static final long MEMORY_NANOS = 5_000_000_000L;

  /** Older stamps are not looked for on a scale that is gone: they are read within milliseconds. */
  private static final long OLD_SCALE_AGE_NANOS = 500_000_000L;

  /** Anchors closer than this say little about CLOCK_REALTIME's rate. */
  private static final long LEAST_RATE_SPAN_NANOS = 50_000_000L;

  private static final long MIDPOINT_SLACK_NANOS = 1_000;

  /**
   * An earlier pair, and the last jump.
   *
   * @param rate of CLOCK_REALTIME against raw, less 1, as last seen
   * @param jumpAfterRawNanos the last pair before the jump
   * @param jumpBeforeRawNanos the first pair after it
   * @param oldOffsetNanos CLOCK_REALTIME minus raw before the jump
   * @param oldSinceRawNanos since when that offset had held
   */
  private record Anchor(
      long rawNanos,
      long offsetNanos,
      long halfWidthNanos,
      double rate,
      long jumpAfterRawNanos,
      long jumpBeforeRawNanos,
      long oldOffsetNanos,
      long oldSinceRawNanos) {

    long unexpected(ClockPair pair) {
      return pair.offsetNanos() - offsetNanos - Math.round((pair.rawNanos() - rawNanos) * rate);
    }

    Anchor moved(ClockPair pair, double newRate) {
      return new Anchor(
          pair.rawNanos(),
          pair.offsetNanos(),
          pair.halfWidthNanos(),
          newRate,
          jumpAfterRawNanos,
          jumpBeforeRawNanos,
          oldOffsetNanos,
          oldSinceRawNanos);
    }

    Anchor jumped(ClockPair pair) {
      return new Anchor(
          pair.rawNanos(),
          pair.offsetNanos(),
          pair.halfWidthNanos(),
          rate,
          rawNanos,
          pair.rawNanos(),
          offsetNanos,
          jumpBeforeRawNanos);
    }
  }

  private final ThreadLocal<ClockPair> pairs;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Anchor anchor;
  private volatile RealtimeJumpListener listener = stepNanos -> {};
  private volatile LongPredicate expected = stepNanos -> false;

  StampConverter(ClockSource source) {
    pairs = ThreadLocal.withInitial(() -> new ClockPair(source));
    ClockPair pair = pairs.get().take();
    long longAgo = pair.rawNanos() - 2 * MEMORY_NANOS;
    anchor =
        new Anchor(
            pair.rawNanos(),
            pair.offsetNanos(),
            pair.halfWidthNanos(),
            0,
            longAgo,
            longAgo,
            pair.offsetNanos(),
            longAgo);
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
    Anchor known = anchor;
    long now = pair.rawNanos();
    long onNewScale = realtimeNanos - pair.offsetNanos();
    if (now - known.jumpBeforeRawNanos > MEMORY_NANOS) {
      return onNewScale;
    }
    long slack = pair.halfWidthNanos() + MIDPOINT_SLACK_NANOS;
    long onOldScale = realtimeNanos - known.oldOffsetNanos;
    boolean canBeNew = onNewScale >= known.jumpAfterRawNanos && onNewScale <= now + slack;
    boolean canBeOld =
        onOldScale <= known.jumpBeforeRawNanos
            && onOldScale >= Math.max(known.oldSinceRawNanos, now - OLD_SCALE_AGE_NANOS);
    if (canBeNew == canBeOld) {
      return PacketClock.UNPLACED;
    }
    return canBeNew ? onNewScale : onOldScale;
  }

  /**
   * Takes a pair, reports a jump if there was one, and makes it the new anchor. To be called a few
   * times a second.
   *
   * @param wasSet whether the kernel says that the clock was set, so that a small difference is one
   */
  void refresh(boolean wasSet) {
    writing.lock();
    try {
      ClockPair pair = pairs.get().take();
      Anchor old = anchor;
      long unexpected = old.unexpected(pair);
      if (isJump(old, pair, unexpected) || (wasSet && Math.abs(unexpected) > TOLERATED_NANOS)) {
        jumped(old, pair, unexpected);
        return;
      }
      long span = pair.rawNanos() - old.rawNanos;
      if (span >= LEAST_RATE_SPAN_NANOS) {
        anchor = old.moved(pair, (pair.offsetNanos() - old.offsetNanos) / (double) span);
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
      anchor = anchor.moved(pairs.get().take(), newRate);
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
    Anchor known = anchor;
    if (isJump(known, pair, known.unexpected(pair))) {
      refresh(false);
      pair.take();
    }
    return pair;
  }

  private static boolean isJump(Anchor anchor, ClockPair pair, long unexpected) {
    long age = Math.abs(pair.rawNanos() - anchor.rawNanos);
    return Math.abs(unexpected)
        > TOLERATED_NANOS
            + anchor.halfWidthNanos
            + pair.halfWidthNanos()
            + (long) (age * TOLERATED_RATE);
  }

  private void jumped(Anchor old, ClockPair pair, long stepNanos) {
    anchor = old.jumped(pair);
    if (!expected.test(stepNanos)) {
      listener.realtimeJumped(stepNanos);
    }
  }
}
