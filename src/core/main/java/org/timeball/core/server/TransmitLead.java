package org.timeball.core.server;

import java.util.Arrays;

/**
 * How far a reply's transmit timestamp runs ahead of the wire, learned from departure stamps, so
 * that replies can tell the moment they leave instead of the moment their clock was read. Belongs
 * to one thread; allocates nothing.
 *
 * <p>How long it takes from the clock to the wire depends on how long the thread had slept before,
 * for the caches are cold then, and on whether a code has to be made over the timestamp. So there
 * is one lead for each class of batches. Before anything was learned it is 0.
 *
 * <p>A reply that tells a later moment than it left at would be wrong in a new direction, and worse
 * than one that tells the moment of its clock. So the lead is not the middle but the low end of
 * what was seen: one in {@value #ONE_IN} replies leaves before the moment that it tells, by little.
 */
public final class TransmitLead {
  /** The class of a batch with a reply that has a code, whatever the rest before it. */
  public static final int CODED = 4;

  /** How many classes there are: of rest, numbered from 0, the shortest, and {@link #CODED}. */
  public static final int CLASSES = 5;

  /** The quantile that is followed: so small a part of what is seen lies below it. */
  private static final int ONE_IN = 64;

  /** Of what is seen first, the least is taken: it lies low, and the steps bring it lower. */
  private static final int FIRST_SAMPLES = 12;

  /** How far one sample moves a lead upwards; downwards it is {@code ONE_IN - 1} times as much. */
  private static final int STEP_NANOS = 1;

  /** Above this the way to the wire is held up by something that the next reply need not meet. */
  private static final int LARGEST_LEAD_NANOS = 200_000;

  // Chosen so that replies under load, in steady use, and to a lone client fall into classes apart.
  // Below the first the request was there before the thread could fall asleep.
  private static final long NO_REST_NANOS = 3_000;

  private static final long SHORT_REST_NANOS = 20_000;
  private static final long LONG_REST_NANOS = 500_000;

  private final int[] leadNanos = new int[CLASSES];
  private final int[] samples = new int[CLASSES];

  /**
   * What {@link #leadNanos} and {@link #learn} call a thread that did nothing for {@code restNanos}
   * before it read the clock for a batch.
   */
  public static int restClass(long restNanos) {
    if (restNanos < NO_REST_NANOS) {
      return 0;
    }
    if (restNanos < SHORT_REST_NANOS) {
      return 1;
    }
    return restNanos < LONG_REST_NANOS ? 2 : 3;
  }

  /** What to add to the clock's reading for a reply that is sent alone, or first of its batch. */
  public int leadNanos(int batchClass) {
    return samples[batchClass] >= FIRST_SAMPLES ? leadNanos[batchClass] : 0;
  }

  /**
   * Learns that a reply left {@code nanos} after the clock was read for it. What cannot be is
   * passed over.
   */
  public void learn(int batchClass, long nanos) {
    if (nanos < 0 || nanos > LARGEST_LEAD_NANOS) {
      return;
    }
    int lead = leadNanos[batchClass];
    if (samples[batchClass] < FIRST_SAMPLES) {
      leadNanos[batchClass] =
          samples[batchClass]++ == 0 ? (int) nanos : Math.min(lead, (int) nanos);
    } else {
      leadNanos[batchClass] =
          nanos < lead ? Math.max(0, lead - STEP_NANOS * (ONE_IN - 1)) : lead + STEP_NANOS;
    }
  }

  /** Unlearns everything. */
  public void forget() {
    Arrays.fill(samples, 0);
  }
}
