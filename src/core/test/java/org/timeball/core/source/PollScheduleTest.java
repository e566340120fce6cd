package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollScheduleTest {
  @Test
  void asksAtMostTwelveTimesInTheFirst75SecondsAndNeverWithinTwo() {
    PollSchedule schedule = new PollSchedule(6, 10, true);
    double now = 0;
    int asked = 0;
    while (now < 75) {
      schedule.asked(true);
      asked++;
      assertThat(schedule.interval()).isGreaterThanOrEqualTo(2);
      now += schedule.interval();
    }
    assertThat(asked).isBetween(6, 12);
  }

  @Test
  void lengthensTheIntervalOnlyWhileTheErrorToExpectStaysSmall() {
    PollSchedule schedule = new PollSchedule(6, 10, false);
    for (int i = 0; i < 40; i++) {
      schedule.asked(true);
      double interval = schedule.interval();
      schedule.adapt(2 * interval * 1e-8, interval * 1e-8, 3e-6);
    }
    // 2^8 s would be 2.56 µs, and 2^9 s more than is allowed.
    assertThat(schedule.exponent()).isEqualTo(8);
    schedule.adapt(5e-6, 4e-6, 3e-6);
    assertThat(schedule.exponent()).isEqualTo(7);
  }

  @Test
  void aBurstTakesEightRequestsTwoSecondsApartAndTheIntervalStays() {
    PollSchedule schedule = new PollSchedule(6, 6, false, true);
    double now = 0;
    for (int i = 0; i < 8; i++) {
      schedule.asked(true);
      assertThat(schedule.interval()).isEqualTo(i < 7 ? 2 : 50);
      now += schedule.interval();
    }
    assertThat(now).isEqualTo(64);
  }

  @Test
  void aServerThatIsNotReachedOrIsAskedOftenAnywayGetsNoBurst() {
    PollSchedule silent = new PollSchedule(6, 6, false, true);
    silent.asked(false);
    assertThat(silent.interval()).isEqualTo(64);

    PollSchedule often = new PollSchedule(4, 4, false, true);
    often.asked(true);
    assertThat(often.interval()).isEqualTo(16);
  }

  @Test
  void whoAsksForLessGetsNoMoreBursts() {
    PollSchedule schedule = new PollSchedule(6, 10, false, true);
    schedule.asked(true);
    schedule.slowDownTo(7);
    for (int i = 0; i < 20; i++) {
      schedule.asked(true);
      assertThat(schedule.interval()).isEqualTo(128);
    }
  }

  @Test
  void aNewStartIsHurriedLikeTheFirst() {
    PollSchedule schedule = new PollSchedule(6, 10, true);
    for (int i = 0; i < 30; i++) {
      schedule.asked(true);
    }
    assertThat(schedule.interval()).isEqualTo(64);
    schedule.startAnew();
    schedule.asked(true);
    assertThat(schedule.interval()).isEqualTo(2);
  }
}
