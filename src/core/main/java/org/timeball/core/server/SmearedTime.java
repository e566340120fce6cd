package org.timeball.core.server;

import java.util.Optional;
import org.timeball.core.NearLeap;
import org.timeball.core.ServerState;
import org.timeball.core.leap.Smear;
import org.timeball.time.Leap;

/**
 * Time and state as the clients of a listener are shown them that spreads leap seconds. Belongs to
 * one thread; allocates once for each published state, and nothing for a packet.
 */
public final class SmearedTime {
  private final Smear smear;
  private ServerState published;
  private ServerState shown;
  private Optional<NearLeap> near = Optional.empty();

  /** Spreads leap seconds so. */
  public SmearedTime(Smear smear) {
    this.smear = smear;
  }

  /**
   * What clients are told about this server: its state without a leap second in sight.
   *
   * @param state as published; {@link #unixNanos} goes by its leap second from now on
   */
  // Another state is another even if it says the same, and to compare them takes time.
  @SuppressWarnings("ReferenceEquality")
  public ServerState of(ServerState state) {
    if (state != published) {
      published = state;
      near = state.nearLeap();
      shown = show(state);
    }
    return shown;
  }

  private ServerState show(ServerState state) {
    long added =
        near.map(n ->
                unixNanos(state.dispersionFromUnixNanos(), n.rawNanos())
                    - state.dispersionFromUnixNanos())
            .orElse(0L);
    return new ServerState(
        state.leap() == Leap.UNSYNCHRONIZED ? Leap.UNSYNCHRONIZED : Leap.NONE,
        state.stratum(),
        state.precisionExponent(),
        state.rootDelay(),
        state.rootDispersion(),
        state.dispersionRate(),
        state.dispersionFromUnixNanos() + added,
        added == 0 ? state.referenceId() : Smear.mark(added),
        state.referenceUnixNanos() + added,
        Optional.empty());
  }

  /**
   * What clients are shown when the clock shows {@code unixNanos}.
   *
   * @param rawNanos when
   */
  public long unixNanos(long unixNanos, long rawNanos) {
    return near.isEmpty() ? unixNanos : smear.shownUnixNanos(near.get(), unixNanos, rawNanos);
  }
}
