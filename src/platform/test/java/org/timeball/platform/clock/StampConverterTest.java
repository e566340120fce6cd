package org.timeball.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.SystemClock.ClockException;

class StampConverterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;

  private final FakeSource source = new FakeSource(1_795_456_000L * SECOND);
  private final StampConverter stamps = new StampConverter(source);
  private final List<Long> reported = new ArrayList<>();

  StampConverterTest() {
    stamps.onJump(reported::add);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 30e-6, -500e-6, 1e-3})
  void placesAStampHoweverTheKernelsClockIsSlewed(double rate) {
    source.realtimeRate = rate;
    for (int i = 0; i < 40; i++) {
      source.pass(250 * MILLISECOND);
      stamps.refresh(false);
      long raw = source.rawNanos;
      long stamp = source.realtimeNanos();
      source.pass(100_000);
      assertThat(stamps.rawNanosOfStamp(stamp)).isCloseTo(raw, within(250L));
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void keepsTheTightestOfSeveralBrackets() {
    int[] readings = {0};
    ClockSource disturbed =
        new ClockSource() {
          @Override
          public long rawNanos() {
            // The second and fourth reading are late by an interrupt of 50 µs.
            readings[0]++;
            source.pass(readings[0] == 2 || readings[0] == 3 ? 50_000 : 0);
            return source.rawNanos();
          }

          @Override
          public long realtimeNanos() {
            return source.realtimeNanos();
          }
        };

    ClockPair pair = new ClockPair(disturbed).take();

    assertThat(pair.halfWidthNanos()).isLessThan(100);
    assertThat(readings[0]).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        100 * SECOND,
        -100 * SECOND,
        100_000 * SECOND,
        -100_000 * SECOND,
        SECOND,
        -SECOND,
        5 * MILLISECOND
      })
  void reportsAStepOfTheKernelsClockWithItsSize(long step) {
    source.pass(250 * MILLISECOND);
    stamps.refresh(false);
    source.pass(200 * MILLISECOND);
    source.setRealtime(step);
    source.pass(50 * MILLISECOND);

    stamps.refresh(true);
    stamps.refresh(false);

    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst()).isCloseTo(step, within(1_000L));
  }

  @Test
  void aSmallStepIsReportedWhenTheKernelSaysThatItsClockWasSet() {
    source.pass(250 * MILLISECOND);
    source.setRealtime(100_000);

    stamps.refresh(false);
    assertThat(reported).isEmpty();

    source.setRealtime(-100_000);
    stamps.refresh(true);
    assertThat(reported).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {100 * SECOND, -100 * SECOND, SECOND, -SECOND, 100 * MILLISECOND})
  void aStepThatNoSlewCouldDoIsReportedWithoutTheKernelsWord(long step) {
    source.pass(250 * MILLISECOND);
    source.setRealtime(step);

    stamps.refresh(false);

    assertThat(reported).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {5 * MILLISECOND, -5 * MILLISECOND, 100 * SECOND})
  void aStepThatAReaderNoticesBeforeTheKernelSaysSoIsReportedOnceWithItsSize(long step) {
    source.pass(250 * MILLISECOND);
    stamps.refresh(false);
    source.pass(200 * MILLISECOND);
    source.setRealtime(step);
    for (int i = 0; i < 10; i++) {
      source.pass(MILLISECOND);
      long _ = stamps.rawNanosOfStamp(source.realtimeNanos());
    }

    stamps.refresh(true);
    stamps.refresh(false);

    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst()).isCloseTo(step, within(1_000L));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0833, -0.0833, 0.1})
  void aFastSlewIsNoJumpAndItsStampsArePlaced(double rate) {
    for (int i = 0; i < 10; i++) {
      source.pass(250 * MILLISECOND);
      stamps.refresh(false);
    }
    source.realtimeRate = rate;
    int notPlaced = 0;
    for (int i = 0; i < 1_000; i++) {
      source.pass(10 * MILLISECOND);
      if (i % 25 == 0) {
        stamps.refresh(false);
      }
      long raw = source.rawNanos;
      long stamp = source.realtimeNanos();
      source.pass(20_000);
      long placed = stamps.rawNanosOfStamp(stamp);
      if (placed == PacketClock.UNPLACED) {
        notPlaced++;
      } else {
        assertThat(placed).isCloseTo(raw, within(3_000L));
      }
    }

    assertThat(reported).isEmpty();
    assertThat(notPlaced).isLessThan(3);
  }

  @Test
  void aKernelThatOnlySaysItWasSetWithoutHavingMovedIsNotReported() {
    source.pass(250 * MILLISECOND);

    stamps.refresh(true);

    assertThat(reported).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {100 * SECOND, -100 * SECOND, SECOND, -SECOND})
  void stampsFromBeforeAndAfterAStepAreBothPlacedRight(long step) {
    source.pass(10 * MILLISECOND);
    long rawBefore = source.rawNanos;
    long stampBefore = source.realtimeNanos();
    source.pass(10 * MILLISECOND);
    source.setRealtime(step);
    source.pass(10 * MILLISECOND);
    long rawAfter = source.rawNanos;
    long stampAfter = source.realtimeNanos();
    source.pass(10 * MILLISECOND);

    assertThat(stamps.rawNanosOfStamp(stampBefore)).isCloseTo(rawBefore, within(500L));
    assertThat(stamps.rawNanosOfStamp(stampAfter)).isCloseTo(rawAfter, within(500L));
    assertThat(reported).hasSize(1);
  }

  @Test
  void aStampThatFitsBeforeAndAfterASmallStepIsNotPlaced() {
    source.pass(100 * MILLISECOND);
    long stamp = source.realtimeNanos();
    source.pass(MILLISECOND);
    source.setRealtime(20 * MILLISECOND);
    source.pass(60 * MILLISECOND);

    // Read as new, it is 20 ms younger than it was; both moments lie between the two pairs.
    assertThat(stamps.rawNanosOfStamp(stamp)).isEqualTo(PacketClock.UNPLACED);
  }

  @Test
  void everythingIsPlacedAgainOnceTheStepIsHistory() {
    source.setRealtime(20 * MILLISECOND);
    stamps.refresh(true);
    source.pass(6 * SECOND);
    stamps.refresh(false);

    long raw = source.rawNanos;
    long stamp = source.realtimeNanos();

    assertThat(stamps.rawNanosOfStamp(stamp)).isCloseTo(raw, within(250L));
    assertThat(reported).hasSize(1);
  }

  @Test
  void ourOwnStepIsNotReportedAndStampsOfTheOldScaleStayRight() throws ClockException {
    source.pass(10 * MILLISECOND);
    long rawBefore = source.rawNanos;
    long stampBefore = source.realtimeNanos();
    stamps.stepBy(() -> source.setRealtime(-SECOND));
    source.pass(10 * MILLISECOND);

    assertThat(stamps.rawNanosOfStamp(stampBefore)).isCloseTo(rawBefore, within(500L));
    assertThat(reported).isEmpty();
  }

  @Test
  void aJumpThatWasExpectedIsNotReported() {
    stamps.expectJumps(step -> Math.abs(step + SECOND) < MILLISECOND);
    source.pass(100 * MILLISECOND);
    source.setRealtime(-SECOND);

    stamps.refresh(true);

    assertThat(reported).isEmpty();
  }

  @Test
  void ourOwnChangeOfRateIsNotTakenForAJump() throws ClockException {
    stamps.steerBy(() -> source.realtimeRate = 0.08, 0.08);
    source.pass(250 * MILLISECOND);

    stamps.refresh(false);

    assertThat(reported).isEmpty();
  }
}
