package org.timeball.core.leap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.timeball.core.LeapSecond;
import org.timeball.core.NearLeap;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** What is shown at exact moments of a leap second spread from noon to noon. */
class SmearTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MIDNIGHT = Instant.parse("2027-01-01T00:00:00Z").getEpochSecond();
  private static final double HALF_DAY = 43_200;

  /** The raw scale when a time that counts on reaches midnight. */
  private static final long RAW = 777 * SECOND;

  /** Known six hours before. */
  private static NearLeap near(Leap kind) {
    return new NearLeap(
        new LeapSecond(kind, MIDNIGHT), RAW - 21_600 * SECOND, (MIDNIGHT - 21_600) * SECOND);
  }

  /**
   * What is added to UTC, in seconds.
   *
   * @param counted seconds after the moment that would be midnight if there were no leap second
   * @param leapt whether the clock has leapt by then
   */
  private static double added(Smear.Shape shape, Leap kind, double counted, boolean leapt) {
    NearLeap near = near(kind);
    long elapsed = Math.round(counted * SECOND);
    long unix = MIDNIGHT * SECOND + elapsed - (leapt ? near.leap().seconds() * SECOND : 0);
    return (new Smear(shape, 2 * HALF_DAY).shownUnixNanos(near, unix, RAW + elapsed) - unix) * 1e-9;
  }

  @ParameterizedTest
  @CsvSource({
    "-50000, false,  0",
    "-43200, false,  0",
    "-21600, false, -0.249997107",
    // The last moment of 23:59:59, and the same moment of Unix time when 23:59:60 begins.
    "    -1, false, -0.499982639",
    "     0, true,   0.500005787",
    "   0.5, true,   0.5",
    " 21601, true,   0.249997107",
    " 43201, true,   0",
    " 50000, true,   0"
  })
  void anInsertedSecondIsTakenEvenlyFromNoonToNoon(double counted, boolean leapt, double added) {
    assertThat(added(Smear.Shape.LINEAR, Leap.INSERT, counted, leapt))
        .isEqualTo(added, within(2e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "-43200, false, 0",
    "-21600, false, 0.250002894",
    "    -1, true, -0.500005787",
    " 21599, true, -0.250002894",
    " 43199, true,  0"
  })
  void aDeletedSecondIsAddedEvenlyFromNoonToNoon(double counted, boolean leapt, double added) {
    assertThat(added(Smear.Shape.LINEAR, Leap.DELETE, counted, leapt))
        .isEqualTo(added, within(2e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "-43200, false, 0",
    "-21599.75, false, -0.146446609",
    "0.5, true, 0.5",
    "43201, true, 0"
  })
  void aCosineBeginsAndEndsGently(double counted, boolean leapt, double added) {
    assertThat(added(Smear.Shape.COSINE, Leap.INSERT, counted, leapt))
        .isEqualTo(added, within(2e-9));
  }

  @ParameterizedTest
  @EnumSource(Smear.Shape.class)
  void whatIsShownNeverLeapsNorRunsAtARateThatClientsCannotFollow(Smear.Shape shape) {
    for (Leap kind : new Leap[] {Leap.INSERT, Leap.DELETE}) {
      NearLeap near = near(kind);
      Smear smear = new Smear(shape, 7_200);
      long before = Long.MIN_VALUE;
      for (long tick = -4_000 * 250; tick < 4_000 * 250; tick++) {
        long elapsed = tick * SECOND / 250;
        long leapAt = kind == Leap.INSERT ? 0 : -SECOND;
        // A kernel leaps with the first tick of the second, 4 ms late.
        long unix =
            MIDNIGHT * SECOND + elapsed - (elapsed > leapAt ? near.leap().seconds() * SECOND : 0);
        long shown = smear.shownUnixNanos(near, unix, RAW + elapsed);
        if (before != Long.MIN_VALUE) {
          double rate = (shown - before) / (SECOND / 250.0) - 1;
          assertThat(Math.abs(rate)).as("%s %s at %d", shape, kind, tick).isLessThan(220e-6);
        }
        before = shown;
      }
    }
  }

  /** The clock may be wrong by much more than the leap second is long in a tick. */
  @Test
  void aClockThatIsHalfASecondWrongIsStillKnownToHaveLeaptOrNot() {
    NearLeap near = near(Leap.INSERT);
    long wrong = 490_000_000L;
    assertThat(near.counted((MIDNIGHT - 1) * SECOND + wrong, RAW - SECOND))
        .isEqualTo((MIDNIGHT - 1) * SECOND + wrong);
    assertThat(near.counted((MIDNIGHT - 1) * SECOND - wrong, RAW))
        .isEqualTo(MIDNIGHT * SECOND - wrong);
  }

  @Test
  void theReferenceIdentifierTellsWhatIsAddedAsNtpdDoes() {
    assertThat(Smear.mark(-SECOND / 4).dottedQuad()).isEqualTo("254.240.0.0");
    assertThat(Smear.mark(SECOND / 2).dottedQuad()).isEqualTo("254.32.0.0");
  }

  @Test
  void oneReferenceIdentifierThatLooksLikeAMarkProvesNothing() {
    ReferenceId byChance = new ReferenceId(0xFE12_3456);
    assertThat(Smear.areMarks(byChance, byChance)).isFalse();
    assertThat(Smear.areMarks(byChance, new ReferenceId(0xFE12_3457))).isTrue();
    assertThat(Smear.areMarks(ReferenceId.ofText("GPS"), byChance)).isFalse();
  }
}
