package org.timeball.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.ClockReading;
import org.timeball.core.SystemClock.ClockException;
import org.timeball.platform.process.ProcessName;
import org.timeball.time.Leap;

/** Against a kernel of its own: nothing here can touch this machine's clock. */
class KernelClockTest {
  private static final long SECOND = 1_000_000_000L;

  /** 2026-12-31T23:59:50Z. */
  private static final long TEN_SECONDS_BEFORE_MIDNIGHT = 1_798_761_590L * SECOND;

  private final FakeSource source = new FakeSource(TEN_SECONDS_BEFORE_MIDNIGHT);
  private final FakeKernel kernel = new FakeKernel(source);

  private KernelClock clock() throws ClockException {
    return new KernelClock(source, kernel, new SilentSignal());
  }

  private void toMidnight() {
    for (int i = 0; i < 10; i++) {
      kernel.toNextSecond();
    }
  }

  @Test
  void keepsTheRateItFindsAndMarksTheClockAsNotSynchronised() throws ClockException {
    kernel.frequency = 12 * 65_536;
    kernel.tick = 10_001;
    kernel.status = 0x2001;

    KernelClock clock = clock();

    assertThat(clock.frequency()).isCloseTo(112e-6, within(1e-15));
    assertThat(kernel.status).isEqualTo(0x2040);
    assertThat(kernel.frequency).isEqualTo(12 * 65_536);
    assertThat(kernel.tick).isEqualTo(10_001);
  }

  @Test
  void aLeapSecondThatAnotherProgramLeftArmedIsDisarmed() throws ClockException {
    kernel.status = 0x50;
    kernel.toNextSecond();

    KernelClock clock = clock();
    toMidnight();

    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.NONE);
    assertThat(kernel.tai).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 12.5e-6, -499.9e-6, 500e-6})
  void aRateWithinTheKernelsFrequencyLeavesTheTickAlone(double frequency) throws ClockException {
    assertThat(clock().setFrequency(frequency)).isCloseTo(frequency, within(1e-11));
    assertThat(kernel.tick).isEqualTo(10_000);
    assertThat(kernel.frequency).isEqualTo(Math.round(frequency * 1e6 * 65_536));
  }

  @ParameterizedTest
  @ValueSource(doubles = {501e-6, -501e-6, 0.00123, -0.05, 0.1, -0.1})
  void aLargerRateIsSplitIntoTickAndFrequency(double frequency) throws ClockException {
    assertThat(clock().setFrequency(frequency)).isCloseTo(frequency, within(1e-11));
    assertThat(kernel.tick).isBetween(9_000L, 11_000L).isNotEqualTo(10_000);
    assertThat(source.realtimeRate).isCloseTo(frequency, within(1e-11));
  }

  @Test
  void aRateBeyondTheKernelsLimitIsCutToItAndSaid() throws ClockException {
    assertThat(clock().setFrequency(0.3)).isCloseTo(0.1005, within(1e-11));
    assertThat(kernel.tick).isEqualTo(11_000);
  }

  @Test
  void theTickGoesBackWhenTheRateDoes() throws ClockException {
    KernelClock clock = clock();
    clock.setFrequency(0.01);
    clock.setFrequency(1e-6);

    assertThat(kernel.tick).isEqualTo(10_000);
    assertThat(clock.frequency()).isCloseTo(1e-6, within(1e-11));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1, 999_999_999, -300_000_000, SECOND, -946_080_000L * SECOND})
  void stepsToTheNanosecondInBothDirections(long nanos) throws ClockException {
    KernelClock clock = clock();
    source.readingNanos = 0;
    long before = clock.nowUnixNanos();

    clock.step(nanos);

    assertThat(clock.nowUnixNanos() - before).isEqualTo(nanos);
  }

  @Test
  void aStepIsNotReportedAsInterference() throws ClockException {
    List<Long> reported = new ArrayList<>();
    KernelClock clock = clock();
    clock.watchRealtime(reported::add);
    clock.step(-5 * SECOND);

    ClockReading reading = clock.read();

    assertThat(reading.unixNanos()).isCloseTo(source.realtimeNanos(), within(10_000L));
    clock.close();
    assertThat(reported).isEmpty();
  }

  @Test
  void theClockIsNotSynchronisedAfterAStepUntilItsQualityIsReported() throws ClockException {
    KernelClock clock = clock();
    clock.reportQuality(true, 0.001_000_1, 2e-6);
    assertThat(kernel.status & 0x40).isZero();
    assertThat(kernel.maximumErrorMicros).isEqualTo(1_001);
    assertThat(kernel.estimatedErrorMicros).isEqualTo(2);

    clock.step(SECOND);
    assertThat(kernel.status & 0x40).isNotZero();
    clock.armLeap(Leap.INSERT);
    assertThat(kernel.status & 0x40).isNotZero();

    clock.reportQuality(true, 1e-3, 1e-6);
    assertThat(kernel.status & 0x40).isZero();
  }

  @Test
  void anErrorThatIsNoNumberOrTooLargeIsReportedAsTheLargest() throws ClockException {
    KernelClock clock = clock();
    clock.reportQuality(false, Double.POSITIVE_INFINITY, 1e9);

    assertThat(kernel.maximumErrorMicros).isEqualTo(16_000_000);
    assertThat(kernel.estimatedErrorMicros).isEqualTo(16_000_000);
  }

  @Test
  void insertsALeapSecondAtMidnightOnceAndCountsItInTai() throws ClockException {
    KernelClock clock = clock();
    clock.setTai(37);
    clock.armLeap(Leap.INSERT);
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.INSERT_ARMED);
    clock.reportQuality(true, 1e-3, 1e-6);

    toMidnight();
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.INSERTING);
    assertThat(source.realtimeNanos())
        .isCloseTo(TEN_SECONDS_BEFORE_MIDNIGHT + 9 * SECOND, within(10_000L));
    clock.armLeap(Leap.INSERT);
    kernel.toNextSecond();
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.DONE);
    assertThat(kernel.tai).isEqualTo(38);

    clock.armLeap(Leap.NONE);
    kernel.toNextSecond();
    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.NONE);
  }

  @Test
  void deletesALeapSecond() throws ClockException {
    KernelClock clock = clock();
    clock.armLeap(Leap.DELETE);
    clock.reportQuality(true, 1e-3, 1e-6);

    for (int i = 0; i < 9; i++) {
      kernel.toNextSecond();
    }

    assertThat(clock.leapPhase()).isEqualTo(LeapPhase.DONE);
    assertThat(source.realtimeNanos())
        .isCloseTo(TEN_SECONDS_BEFORE_MIDNIGHT + 10 * SECOND, within(10_000L));
  }

  @Test
  void aStepDoesNotMakeTheKernelForgetAnArmedLeapSecond() throws ClockException {
    KernelClock clock = clock();
    clock.armLeap(Leap.INSERT);
    kernel.toNextSecond();
    kernel.toNextSecond();
    clock.step(SECOND);

    toMidnight();

    assertThat(kernel.leapState).isIn(3, 4);
  }

  @Test
  void theLeapSecondWeAskedForIsNotInterferenceAndAnotherSecondIs() throws ClockException {
    List<Long> reported = new ArrayList<>();
    KernelClock clock = clock();
    clock.watchRealtime(reported::add);
    clock.armLeap(Leap.INSERT);
    toMidnight();
    clock.read();
    assertThat(reported).isEmpty();

    clock.armLeap(Leap.NONE);
    source.setRealtime(-SECOND);
    clock.read();
    clock.close();
    assertThat(reported).hasSize(1);
  }

  @Test
  void leavesTheClockMarkedAsNotSynchronisedWithItsRate() throws ClockException {
    KernelClock clock = clock();
    clock.setFrequency(7e-6);
    clock.reportQuality(true, 1e-3, 1e-6);

    clock.close();

    assertThat(kernel.status & 0x40).isNotZero();
    assertThat(kernel.frequency).isEqualTo(Math.round(7 * 65_536.0));
  }

  @Test
  void withoutThePrivilegeItSaysWhichAndHowToGrantIt() {
    kernel.privileged = false;

    assertThatThrownBy(this::clock)
        .isInstanceOf(ClockException.class)
        .hasMessageContaining("CAP_SYS_TIME is missing")
        .hasMessageContaining("AmbientCapabilities=CAP_SYS_TIME")
        .hasMessageContaining("setcap cap_sys_time+ep")
        .hasMessageContaining("user-space clock");
  }

  @Test
  void aKernelWithAnotherLayoutIsRefusedBeforeAnythingIsWritten() {
    kernel.tolerance = 500;

    assertThatThrownBy(this::clock)
        .isInstanceOf(ClockException.class)
        .hasMessageContaining("tolerance reads 500");
    assertThat(kernel.writes).isZero();
  }

  @Test
  void aKernelThatWritesBeyondTheStructureIsRefused() {
    TimexSystem longer =
        octets -> {
          octets.put(Timex.OCTETS, (byte) 0);
          return kernel.adjust(octets);
        };

    assertThatThrownBy(() -> new KernelClock(source, longer, new SilentSignal()))
        .isInstanceOf(ClockException.class)
        .hasMessageContaining("beyond the end at reads 208");
  }

  @Test
  void aClockThatAnotherProgramSteersIsLeftToItAndTheMessageNamesIt() throws ClockException {
    KernelClock.refuseIfSteeredBy(List.of());

    assertThatThrownBy(() -> KernelClock.refuseIfSteeredBy(List.of(new ProcessName(12, "chronyd"))))
        .isInstanceOf(ClockException.class)
        .hasMessageContaining("chronyd (process 12) steers it already");
  }

  @Test
  void theRealKernelsClockIsLaidOutAsExpected() throws ClockException {
    // A call that only reads: its modes are 0.
    Timex read = TimexCheck.check(TimexSystem.LINUX, LinuxClocks.INSTANCE);

    assertThat(read.modes()).isZero();
    assertThat(read.tick()).isBetween(9_000L, 11_000L);
  }

  @Test
  void theRealKernelsTaiClockAgreesWithItsTaiOffset() throws ClockException {
    Timex read = TimexCheck.check(TimexSystem.LINUX, LinuxClocks.INSTANCE);

    long offset =
        LinuxClocks.nanos(LinuxClocks.CLOCK_TAI) - LinuxClocks.nanos(LinuxClocks.CLOCK_REALTIME);

    assertThat(Math.round(offset / 1e9)).isEqualTo(read.tai());
  }

  /** Never says that the clock was set, and waits for nothing. */
  private static final class SilentSignal implements ClockSetSignal {
    @Override
    public boolean await(long nanos) {
      java.util.concurrent.locks.LockSupport.parkNanos(nanos);
      return false;
    }

    @Override
    public void close() {}
  }

  @Test
  void handsOffsetsToTheKernelsLoopWhichStaysOnUntilTheEnd() throws ClockException {
    KernelClock clock = clock();

    clock.lockPhase(-1.5e-3, 6);

    assertThat(kernel.loopOffset).isEqualTo(-1_500_000);
    assertThat(kernel.loopConstant).isEqualTo(6);
    assertThat(kernel.status & 0x2001).isEqualTo(0x2001);
    clock.reportQuality(true, 1e-3, 1e-6);
    assertThat(kernel.status & 0x41).isEqualTo(0x01);
    kernel.frequency = 3 * 65_536;
    clock.lockPhase(0, 6);
    assertThat(clock.frequency()).isCloseTo(3e-6, within(1e-15));
    clock.close();
    assertThat(kernel.status & 0x41).isEqualTo(0x40);
  }

  @Test
  void aLeapSecondIsStillDueAfterAStepUnderTheKernelsLoop() throws ClockException {
    KernelClock clock = clock();
    clock.lockPhase(0, 4);
    clock.armLeap(Leap.INSERT);
    kernel.toNextSecond();

    clock.step(-SECOND / 2);
    toMidnight();

    assertThat(kernel.tai).isEqualTo(1);
    assertThat(kernel.status & 1).isEqualTo(1);
  }
}
