package org.timeball.core.refclock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.timeball.core.refclock.PulseNumbering.Outcome;

class PulseNumberingTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOON = 1_795_435_200L * SECOND;
  private final PulseNumbering numbering = new PulseNumbering();

  /** A label for the pulse of this second, wrong by so many. */
  private Outcome label(int second, long wrong) {
    return numbering.vote(second * SECOND + 123, NOON + (second + wrong) * SECOND, 10);
  }

  private void numbered() {
    label(0, 0);
    label(1, 0);
    assertThat(label(2, 0)).isEqualTo(Outcome.NUMBERED);
  }

  @Test
  void threeLabelsInARowThatAgreeGiveTheFirstNumber() {
    assertThat(label(0, 0)).isEqualTo(Outcome.GATHERING);
    assertThat(label(1, 0)).isEqualTo(Outcome.GATHERING);
    assertThat(label(2, 0)).isEqualTo(Outcome.NUMBERED);
    assertThat(numbering.unixNanosOf(5 * SECOND + 130)).isEqualTo(NOON + 5 * SECOND);
  }

  @Test
  void labelsOfTheSamePulseCountOnce() {
    label(0, 0);
    label(0, 0);
    assertThat(label(0, 0)).isEqualTo(Outcome.GATHERING);
  }

  @Test
  void labelsThatDisagreeGiveNoNumber() {
    for (int i = 0; i < 20; i++) {
      assertThat(label(i, i % 2)).isEqualTo(Outcome.GATHERING);
    }
  }

  @Test
  void oneContradictionChangesNothing() {
    numbered();
    assertThat(label(3, 7)).isEqualTo(Outcome.CONTRADICTED);
    assertThat(numbering.isDoubted()).isFalse();
    assertThat(label(4, 0)).isEqualTo(Outcome.CONFIRMED);
    assertThat(numbering.unixNanosOf(4 * SECOND)).isEqualTo(NOON + 4 * SECOND);
  }

  @Test
  void threeContradictionsRaiseDoubtAndTenChangeTheNumber() {
    numbered();
    for (int i = 3; i < 12; i++) {
      assertThat(label(i, 1)).isEqualTo(Outcome.CONTRADICTED);
      assertThat(numbering.isDoubted()).isEqualTo(i >= 5);
    }
    assertThat(label(12, 1)).isEqualTo(Outcome.RENUMBERED);
    assertThat(numbering.isDoubted()).isFalse();
    assertThat(numbering.unixNanosOf(20 * SECOND)).isEqualTo(NOON + 21 * SECOND);
  }

  @Test
  void contradictionsThatDoNotAgreeAmongThemselvesNeverChangeIt() {
    numbered();
    for (int i = 3; i < 100; i++) {
      assertThat(label(i, 1 + i % 3)).isEqualTo(Outcome.CONTRADICTED);
    }
  }

  @Test
  void aClockCanNumberAndALabelConfirmsIt() {
    numbering.number(10 * SECOND, NOON);
    assertThat(numbering.isByClock()).isTrue();
    assertThat(numbering.vote(11 * SECOND, NOON + SECOND, 10)).isEqualTo(Outcome.CONFIRMED);
    assertThat(numbering.isByClock()).isFalse();
  }
}
