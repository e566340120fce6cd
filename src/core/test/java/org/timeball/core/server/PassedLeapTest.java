package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.timeball.core.LeapSecond;
import org.timeball.core.NearLeap;
import org.timeball.core.ServerState;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

class PassedLeapTest {
  private static final long SECOND = 1_000_000_000L;

  /** 2027-01-01. */
  private static final long MIDNIGHT = 1_798_761_600L;

  private final PassedLeap passed = new PassedLeap();

  /** Published ten seconds before midnight, at 0 on the raw scale. */
  private static ServerState announcing(Leap kind) {
    return new ServerState(
        kind,
        1,
        -20,
        0,
        0,
        0,
        (MIDNIGHT - 10) * SECOND,
        ReferenceId.ofText("GPS"),
        0,
        Optional.of(new NearLeap(new LeapSecond(kind, MIDNIGHT), 0, (MIDNIGHT - 10) * SECOND)));
  }

  /** Seconds on the raw scale, and what the clock shows then after midnight. */
  @ParameterizedTest
  @CsvSource({
    "INSERT,  9.9, -0.1, INSERT",
    "INSERT, 10.5, -0.5, INSERT",
    "INSERT, 10.5,  0.5, INSERT",
    "INSERT, 10.9, -0.1, INSERT",
    "INSERT, 11.1,  0.1, NONE",
    "INSERT, 12.0,  1.0, NONE",
    "DELETE,  8.9, -1.1, DELETE",
    "DELETE,  9.1,  0.1, NONE",
    "DELETE,  9.1, -0.9, NONE"
  })
  void announcesUntilTheNewDayBegins(Leap kind, double raw, double shown, Leap said) {
    ServerState state =
        passed.at(
            announcing(kind),
            MIDNIGHT * SECOND + Math.round(shown * SECOND),
            Math.round(raw * SECOND));

    assertThat(state.leap()).isEqualTo(said);
    assertThat(state.stratum()).isEqualTo(1);
  }

  @Test
  void makesTheOtherStateOnce() {
    ServerState published = announcing(Leap.INSERT);
    ServerState first = passed.at(published, (MIDNIGHT + 1) * SECOND, 12 * SECOND);

    assertThat(passed.at(published, (MIDNIGHT + 2) * SECOND, 13 * SECOND)).isSameAs(first);
  }

  @Test
  void leavesAStateAloneThatAnnouncesNothing() {
    ServerState state = ServerState.unsynchronized(-20);

    assertThat(passed.at(state, MIDNIGHT * SECOND, 0)).isSameAs(state);
  }
}
