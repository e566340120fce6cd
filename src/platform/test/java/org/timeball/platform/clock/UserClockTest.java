package org.timeball.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.timeball.core.ClockReading;
import org.timeball.time.Leap;

class UserClockTest {
  private static final long SECOND = 1_000_000_000L;

  /** 2026-12-31T23:59:50Z. */
  private static final long TEN_SECONDS_BEFORE_MIDNIGHT = 1_798_761_590L * SECOND;

  private static final long MIDNIGHT = TEN_SECONDS_BEFORE_MIDNIGHT + 10 * SECOND;

  private final FakeSource source = new FakeSource(TEN_SECONDS_BEFORE_MIDNIGHT);

  private UserClock stillClock(long offsetNanos) {
    UserClock clock = new UserClock(source, offsetNanos);
    source.readingNanos = 0;
    return clock;
  }

  @Test
  void startsAsFarFromRealtimeAsItWasTold() {
    UserClock clock = stillClock(300_000_000);

    assertThat(clock.nowUnixNanos() - source.realtimeNanos()).isCloseTo(300_000_000L, within(100L));
  }

  @Test
  void aWrongOscillatorRunsAwayAtItsError() {
    source.readingNanos = 0;
    UserClock clock = new UserClock(new DriftingSource(source, 40e-6), 0);

    source.pass(1000 * SECOND);

    assertThat(clock.nowUnixNanos() - source.realtimeNanos()).isEqualTo(40_000_000L);
  }

  @Test
  void runsAtTheRateThatWasSetFromTheMomentItWasSet() {
    UserClock clock = stillClock(0);
    long start = clock.nowUnixNanos();

    source.pass(10 * SECOND);
    assertThat(clock.setFrequency(25e-6)).isEqualTo(25e-6);
    source.pass(100 * SECOND);

    assertThat(clock.nowUnixNanos() - start).isEqualTo(110 * SECOND + 2_500_000);
  }

  @Test
  void losesNoFractionOfANanosecondInAHundredThousandChangesOfRate() {
    UserClock clock = stillClock(0);
    long start = clock.nowUnixNanos();
    SplittableRandom random = new SplittableRandom(7);
    java.math.BigDecimal truth = java.math.BigDecimal.ZERO;

    for (int i = 0; i < 100_000; i++) {
      double frequency = (random.nextDouble() - 0.5) * 1e-6;
      long span = random.nextLong(1_000, 1_000_000);
      clock.setFrequency(frequency);
      source.pass(span);
      truth =
          truth
              .add(java.math.BigDecimal.valueOf(span))
              .add(new java.math.BigDecimal(span * frequency, java.math.MathContext.DECIMAL64));
    }

    assertThat(clock.nowUnixNanos() - start).isCloseTo(truth.longValue(), within(1L));
  }

  @Test
  void boundsTheRateAndSaysWhichItSet() {
    UserClock clock = stillClock(0);

    assertThat(clock.setFrequency(0.5)).isEqualTo(0.1);
    assertThat(clock.frequency()).isEqualTo(0.1);
  }

  @Test
  void stepsAtOnce() {
    UserClock clock = stillClock(0);
    long before = clock.nowUnixNanos();

    clock.step(-30L * 365 * 86_400 * SECOND);

    assertThat(clock.nowUnixNanos() - before).isEqualTo(-30L * 365 * 86_400 * SECOND);
  }

  @Test
  void bothScalesOfAReadingBelongTogether() {
    UserClock clock = stillClock(5);
    clock.setFrequency(1e-5);

    ClockReading first = clock.read();
    source.pass(SECOND);
    ClockReading second = clock.read();

    assertThat(second.rawNanos() - first.rawNanos()).isEqualTo(SECOND);
    assertThat(second.unixNanos() - first.unixNanos()).isEqualTo(SECOND + 10_000);
  }

  @Test
  void repeatsTheLastSecondOfTheDayWhenALeapSecondIsInserted() {
    UserClock clock = stillClock(0);
    clock.step(TEN_SECONDS_BEFORE_MIDNIGHT - clock.nowUnixNanos());
    clock.armLeap(Leap.INSERT);
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.INSERT_ARMED);

    source.pass(10 * SECOND - 1);
    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT - 1);
    source.pass(1);
    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT - SECOND);
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.INSERTING);
    source.pass(SECOND);
    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT);
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.DONE);
  }

  @Test
  void skipsTheLastSecondOfTheDayWhenALeapSecondIsDeleted() {
    UserClock clock = stillClock(0);
    clock.step(TEN_SECONDS_BEFORE_MIDNIGHT - clock.nowUnixNanos());
    clock.armLeap(Leap.DELETE);

    source.pass(9 * SECOND - 1);
    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT - SECOND - 1);
    source.pass(1);
    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT);
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.DONE);
  }

  @Test
  void aLeapHappensOnceHoweverOftenItIsAskedForUntilItWasDisarmed() {
    UserClock clock = stillClock(0);
    clock.step(TEN_SECONDS_BEFORE_MIDNIGHT - clock.nowUnixNanos());
    clock.armLeap(Leap.INSERT);
    source.pass(10 * SECOND + SECOND / 2);
    clock.armLeap(Leap.INSERT);
    clock.setFrequency(0);
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.INSERTING);

    source.pass(86_400 * SECOND);
    clock.armLeap(Leap.INSERT);
    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT + 86_399 * SECOND + SECOND / 2);
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.DONE);

    clock.armLeap(Leap.NONE);
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.NONE);
  }

  @Test
  void aLeapThatIsDisarmedInTimeDoesNotHappen() {
    UserClock clock = stillClock(0);
    clock.step(TEN_SECONDS_BEFORE_MIDNIGHT - clock.nowUnixNanos());
    clock.armLeap(Leap.INSERT);
    clock.armLeap(Leap.NONE);

    source.pass(11 * SECOND);

    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT + SECOND);
  }

  @Test
  void anArmedLeapMovesToTheEndOfTheDayThatAStepLeadsInto() {
    UserClock clock = stillClock(0);
    clock.step(TEN_SECONDS_BEFORE_MIDNIGHT - clock.nowUnixNanos());
    clock.armLeap(Leap.INSERT);
    clock.step(86_400 * SECOND);

    source.pass(10 * SECOND);

    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT + 86_400 * SECOND - SECOND);
  }

  @Test
  void aDeletedSecondAskedForWithinTheLastSecondWaitsForTheNextDay() {
    UserClock clock = stillClock(0);
    clock.step(MIDNIGHT - SECOND / 2 - clock.nowUnixNanos());

    clock.armLeap(Leap.DELETE);

    assertThat(clock.nowUnixNanos()).isEqualTo(MIDNIGHT - SECOND / 2);
  }

  @Test
  void saysWhatItShowedWhenTheKernelStampedAPacket() {
    UserClock clock = stillClock(-7_000_000);
    long stamp = source.realtimeNanos();
    long shown = clock.nowUnixNanos();
    long raw = clock.nowRawNanos();

    source.pass(3_000_000);

    assertThat(clock.unixNanosOfStamp(stamp)).isEqualTo(shown);
    assertThat(clock.rawNanosOfStamp(stamp)).isEqualTo(raw);
  }

  @Test
  void theRealMachinesClocksAgreeWithJavas() {
    UserClock clock = UserClock.startingAtRealtime();

    long before = java.time.Instant.now().toEpochMilli();
    long shown = clock.nowUnixNanos() / 1_000_000;
    long after = java.time.Instant.now().toEpochMilli();

    assertThat(shown).isBetween(before - 1, after + 1);
    assertThat(clock.precisionExponent()).isBetween(-30, -10);
  }

  @Test
  void aStampOfTheRealKernelIsPlacedBetweenTheReadingsAroundIt() {
    UserClock clock = UserClock.startingAtRealtime();

    long before = clock.nowRawNanos();
    long stamp = LinuxClocks.INSTANCE.realtimeNanos();
    long after = clock.nowRawNanos();

    assertThat(clock.rawNanosOfStamp(stamp)).isBetween(before - 10_000, after + 10_000);
  }

  @Test
  void readersAllocateNothing() {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    UserClock clock = UserClock.startingAtRealtime();
    long sum = 0;
    for (int i = 0; i < 20_000; i++) {
      sum +=
          clock.unixNanosOfStamp(clock.nowUnixNanos())
              + clock.rawNanosOfStamp(clock.servedUnixNanos());
    }

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      sum +=
          clock.unixNanosOfStamp(clock.nowUnixNanos())
              + clock.rawNanosOfStamp(clock.servedUnixNanos());
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sum).isNotZero();
    assertThat(allocated).as("octets in 400 000 readings").isLessThan(4096);
  }
}
