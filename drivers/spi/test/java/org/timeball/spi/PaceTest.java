package org.timeball.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.timeball.spi.Label.Standing.CARRIER;
import static org.timeball.spi.Label.Standing.STALE;
import static org.timeball.spi.Label.Standing.UNCONFIRMED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.timeball.time.UtcTime;

class PaceTest {
  private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").getEpochSecond();

  /** Close to where the raw scale wraps round: only differences may matter. */
  private static final long RAW = Long.MAX_VALUE - 5_000_000_000L;

  private final Pace pace = new Pace();

  private Label.Standing hear(double unixSecondsFromNoon, double rawSeconds) {
    long unixNanos = NOON * 1_000_000_000L + Math.round(unixSecondsFromNoon * 1e9);
    return pace.judge(UtcTime.ofUnixNanos(unixNanos), RAW + Math.round(rawSeconds * 1e9));
  }

  private List<Label.Standing> hearSeconds(int from, int to, double rawMinusUnix) {
    List<Label.Standing> standings = new ArrayList<>();
    for (int second = from; second < to; second++) {
      standings.add(hear(second, second + rawMinusUnix));
    }
    return standings;
  }

  @Test
  void believesTheSecondLabelThatContinuesTheFirst() {
    assertThat(hearSeconds(0, 4, 0.3)).containsExactly(UNCONFIRMED, CARRIER, CARRIER, CARRIER);
  }

  @Test
  void believesAReceiverThatSpeaksEveryTenSeconds() {
    assertThat(hear(0, 0.3)).isEqualTo(UNCONFIRMED);
    assertThat(hear(10, 10.2)).isEqualTo(CARRIER);
    assertThat(hear(20, 20.4)).isEqualTo(CARRIER);
  }

  @Test
  void toleratesALatenessThatWandersByTenthsOfASecond() {
    hearSeconds(0, 2, 0.3);
    assertThat(hear(2, 2.8)).isEqualTo(CARRIER);
    assertThat(hear(3, 3.1)).isEqualTo(CARRIER);
    assertThat(hear(4, 4.7)).isEqualTo(CARRIER);
  }

  @Test
  void believesNoneOfAPileThatWaitedBeforeTheLineWasOpened() {
    for (int second = 0; second < 20; second++) {
      assertThat(hear(second, 30 + second * 0.01)).isEqualTo(UNCONFIRMED);
    }
    assertThat(hear(31, 31.1)).isEqualTo(UNCONFIRMED);
    assertThat(hear(32, 32.1)).isEqualTo(CARRIER);
  }

  @Test
  void callsAPileThatWaitedWhileNobodyReadStaleAndTakesTheFirstFreshLabel() {
    hearSeconds(0, 5, 0.1);
    for (int second = 5; second < 30; second++) {
      assertThat(hear(second, 31.0 + second * 0.001)).isEqualTo(STALE);
    }
    assertThat(hear(31, 31.15)).isEqualTo(CARRIER);
  }

  @Test
  void refusesATimeThatStandsStill() {
    hearSeconds(0, 5, 0.1);
    for (int i = 0; i < 100; i++) {
      assertThat(hear(4, 5.1 + i)).isEqualTo(UNCONFIRMED);
    }
  }

  @Test
  void refusesTheSameMomentSaidTwiceInOneSecond() {
    hearSeconds(0, 5, 0.1);
    assertThat(hear(4, 4.2)).isEqualTo(UNCONFIRMED);
    assertThat(hear(5, 5.1)).isEqualTo(CARRIER);
  }

  @Test
  void refusesOneSecondThatRunsBackwardsAndGoesOnWithTheNext() {
    hearSeconds(0, 5, 0.1);
    assertThat(hear(2, 5.1)).isEqualTo(UNCONFIRMED);
    assertThat(pace.deviationSeconds()).isCloseTo(-3, org.assertj.core.api.Assertions.within(0.01));
    assertThat(hear(6, 6.1)).isEqualTo(CARRIER);
  }

  @Test
  void believesAJumpOnlyAfterItHasHeldForSeconds() {
    hearSeconds(0, 5, 0.1);
    assertThat(hearSeconds(3605, 3612, 0.1 - 3600))
        .containsExactly(
            UNCONFIRMED, UNCONFIRMED, UNCONFIRMED, UNCONFIRMED, CARRIER, CARRIER, CARRIER);
  }

  @Test
  void neverBelievesJumpsThatDoNotAgreeWithEachOther() {
    hearSeconds(0, 5, 0.1);
    for (int i = 0; i < 50; i++) {
      assertThat(hear(1000 + i * 7, 5.1 + i)).isEqualTo(UNCONFIRMED);
    }
  }

  @Test
  void keepsPaceThroughALeapSecondThatTheReceiverShows() {
    long midnight = Instant.parse("2017-01-01T00:00:00Z").getEpochSecond();
    List<Label.Standing> standings = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean leap = i == 4;
      long unixSeconds = i < 4 ? midnight - 4 + i : midnight + i - 5;
      UtcTime utc = new UtcTime(leap ? midnight - 1 : unixSeconds, 0, leap);
      standings.add(pace.judge(utc, RAW + i * 1_000_000_000L));
    }
    assertThat(standings.subList(1, 8)).containsOnly(CARRIER);
  }

  @Test
  void holdsBackAfterALeapSecondThatTheReceiverHides() {
    hearSeconds(0, 5, 0.1);
    // The receiver says 4 twice: from then on every label comes a second later than before.
    assertThat(hearSeconds(4, 12, 1.1))
        .containsExactly(UNCONFIRMED, STALE, STALE, STALE, CARRIER, CARRIER, CARRIER, CARRIER);
  }

  @Test
  void beginsAnewAfterReset() {
    hearSeconds(0, 5, 0.1);
    pace.reset();
    assertThat(hear(900, 5.1)).isEqualTo(UNCONFIRMED);
    assertThat(hear(901, 6.1)).isEqualTo(CARRIER);
  }
}
