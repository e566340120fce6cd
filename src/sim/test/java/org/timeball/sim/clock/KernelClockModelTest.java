package org.timeball.sim.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.time.Leap;

class KernelClockModelTest {
  private static final long MIDNIGHT = 1_483_228_800L;

  private static SimulatedClock clockStarting(long unixSeconds) {
    return new SimulatedClock(new KernelClockModel(0, unixSeconds), unixSeconds * 1_000_000_000L);
  }

  private static void pass(SimulatedClock clock, int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.model().advance(1);
      clock.model().second();
    }
  }

  @Test
  void insertsTheLeapSecondAtMidnightAndCountsTai() throws ClockException {
    SimulatedClock clock = clockStarting(MIDNIGHT - 10);
    clock.setTai(36);
    clock.armLeap(Leap.INSERT);
    pass(clock, 9);
    assertThat(clock.model().leapState()).isEqualTo(KernelClockModel.LeapState.INSERT);
    pass(clock, 1);
    assertThat(clock.servedUnixNanos()).isEqualTo((MIDNIGHT - 1) * 1_000_000_000L);
    assertThat(clock.model().leapState()).isEqualTo(KernelClockModel.LeapState.OUT_OF_PHASE);
    pass(clock, 1);
    assertThat(clock.servedUnixNanos()).isEqualTo(MIDNIGHT * 1_000_000_000L);
    assertThat(clock.model().leapState()).isEqualTo(KernelClockModel.LeapState.WAIT);
    clock.armLeap(Leap.NONE);
    pass(clock, 1);
    assertThat(clock.model().leapState()).isEqualTo(KernelClockModel.LeapState.OK);
    assertThat(clock.model().adjust(new Timex()).tai).isEqualTo(37);
  }

  @Test
  void deletesTheLastSecondOfTheDay() throws ClockException {
    SimulatedClock clock = clockStarting(MIDNIGHT - 10);
    clock.armLeap(Leap.DELETE);
    pass(clock, 8);
    assertThat(clock.servedUnixNanos()).isEqualTo((MIDNIGHT - 2) * 1_000_000_000L);
    pass(clock, 1);
    assertThat(clock.servedUnixNanos()).isEqualTo(MIDNIGHT * 1_000_000_000L);
  }

  @Test
  void reachesLargeRatesByTheTickAndSaysWhatItSet() throws ClockException {
    SimulatedClock clock = clockStarting(MIDNIGHT);
    for (double rate : new double[] {1e-9, -123.456e-6, 499e-6, 0.05, -0.0834}) {
      double set = clock.setFrequency(rate);
      assertThat(set).isCloseTo(rate, within(1e-11));
      assertThat(clock.model().totalRate() - 1).isCloseTo(set, within(1e-12));
    }
  }

  @Test
  void keepsTheRawScaleFreeOfEveryCorrection() throws ClockException {
    SimulatedClock clock = clockStarting(MIDNIGHT);
    clock.model().setOscillator(25e-6);
    clock.setFrequency(-400e-6);
    clock.step(5_000_000_000L);
    pass(clock, 100);
    assertThat(clock.rawNanos()).isEqualTo(100_002_500_000L);
  }
}
