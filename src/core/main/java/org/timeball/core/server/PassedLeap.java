package org.timeball.core.server;

import java.util.Optional;
import org.timeball.core.NearLeap;
import org.timeball.core.ServerState;
import org.timeball.time.Leap;

/**
 * Takes the announcement of a leap second back the moment it is over, and not only when the brain
 * gets to say so: whoever heard it afterwards would believe in another one at the end of the day
 * that has begun. Belongs to one thread; allocates once a leap second.
 */
public final class PassedLeap {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private ServerState announcing;
  private ServerState silent;

  /**
   * What replies say at a moment.
   *
   * @param state as published
   * @param unixNanos what the served clock shows
   * @param rawNanos the same moment on the raw scale
   */
  // Another state is another even if it says the same, and to compare them takes time.
  @SuppressWarnings("ReferenceEquality")
  public ServerState at(ServerState state, long unixNanos, long rawNanos) {
    if (state.leap() != Leap.INSERT && state.leap() != Leap.DELETE) {
      return state;
    }
    Optional<NearLeap> near = state.nearLeap();
    if (near.isEmpty() || !isOver(near.get(), unixNanos, rawNanos)) {
      return state;
    }
    if (state != announcing) {
      announcing = state;
      silent = state.withLeap(Leap.NONE);
    }
    return silent;
  }

  /** Counted on as if there were no leap second, the new day begins so much later or earlier. */
  private static boolean isOver(NearLeap near, long unixNanos, long rawNanos) {
    long newDay = near.leap().midnightUnixSeconds() + near.leap().seconds();
    return near.counted(unixNanos, rawNanos) >= newDay * NANOS_PER_SECOND;
  }
}
